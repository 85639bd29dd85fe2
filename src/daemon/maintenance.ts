import { formatDigest } from '../context/digest.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { Store } from '../store/store.ts';

/** `presync gc`: gives back the space of what neither a context nor one of `inUse` needs. */
export async function collectGarbage(store: Store, inUse: Iterable<Snapshot>) {
  const before = store.usage();
  await store.collect({ keep: inUse });
  const after = store.usage();
  return { ok: true, objects: after.objects, bytes: after.bytes, freed: before.bytes - after.bytes };
}

/** `presync verify`: reads and checks every object. What is damaged is forgotten, so that it is sent again. */
export async function verifyObjects(store: Store) {
  const { objects, corrupt } = await store.verify();
  return { ok: corrupt.length === 0, objects, corrupt: corrupt.map(formatDigest) };
}
