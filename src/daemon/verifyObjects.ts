import { formatDigest, hexDigest } from '../context/digest.ts';
import { parseContextKey } from '../store/contextKey.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './contextHub.ts';
import { copyPlace } from './copyMemory.ts';

/**
 * `presync verify`: reads and checks every object. What is damaged is forgotten and sent again: at once by those who watch
 * one of `inUse`, else with the next build. `contexts` are those that lack something.
 */
export async function verifyObjects(store: Store, inUse: Iterable<Context>) {
  const labels = new Map(store.contexts().map(({ key, label }) => [key, label]));
  const { objects, corrupt, damaged } = await store.verify();
  const lacking = new Set(damaged);
  const affected = [...inUse].filter(({ id }) => lacking.has(parseContextKey(hexDigest(id))));
  await Promise.all(affected.map((context) => context.forget()));
  const found = damaged.map((key) => ({ key, label: labels.get(key) ?? key }));
  const contexts = found.filter((one) => copyPlace(one) === undefined).map(({ label }) => label);
  return { ok: corrupt.length === 0 && damaged.length === 0, objects, corrupt: corrupt.map(formatDigest), contexts };
}
