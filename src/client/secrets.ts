import type { Path } from '../context/path.ts';
import { splitPath } from '../context/path.ts';
import { looksLikeSecret } from '../context/secretNames.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { walk } from '../context/snapshot.ts';
import { Pacer } from '../workspace/pacer.ts';
import { clientLimits } from './limits.ts';

/** Files of a context that look like secrets: those nearest to the root first, and no more than the limit. CANCELLED. */
export async function findSecrets(snapshot: Snapshot, signal: AbortSignal): Promise<Path[]> {
  const pacer = new Pacer(signal);
  const found: Path[] = [];
  for (const [path, entry] of walk(snapshot)) {
    if (pacer.due()) await pacer.rest();
    if (entry.kind === 'file' && looksLikeSecret(path)) found.push(path);
    // More than anybody reads, and enough to find the nearest among them.
    if (found.length >= clientLimits.secretsLooked) break;
  }
  const depth = (path: Path) => splitPath(path).length;
  return found.sort((a, b) => depth(a) - depth(b)).slice(0, clientLimits.secretsTold);
}
