import { formatDigest } from '../context/digest.ts';
import type { Store } from '../store/store.ts';

/** `presync gc`: gives back the space of what no context needs. Only while no daemon has the store. */
export async function collectGarbage(store: Store) {
  const before = store.usage();
  await store.collect({ keep: [] });
  const after = store.usage();
  return { ok: true, objects: after.objects, bytes: after.bytes, freed: before.bytes - after.bytes };
}

/** `presync verify`: reads and checks every object. What is damaged is forgotten, so that it is sent again. */
export async function verifyObjects(store: Store) {
  const { objects, corrupt } = await store.verify();
  return { ok: corrupt.length === 0, objects, corrupt: corrupt.map(formatDigest) };
}
