import { toDisplay } from '../../base/bytes.ts';
import { findSecrets } from '../../client/secrets.ts';
import { sizedEntries } from '../../client/sizedEntries.ts';
import { formatDigest } from '../../context/digest.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import type { Survey } from '../link/workerApi.ts';
import { workerLimits } from './limits.ts';

/** What a first upload of this snapshot would send. CANCELLED. */
export async function survey(snapshot: Snapshot, signal: AbortSignal): Promise<Survey> {
  const { digest, files, bytes } = snapshot;
  const largest = sizedEntries(snapshot).slice(0, workerLimits.largest);
  return {
    snapshot: formatDigest(digest),
    files,
    bytes,
    largest: largest.map(({ entry, bytes }) => ({ path: toDisplay(entry.name), bytes })),
    secrets: (await findSecrets(snapshot, signal)).map(toDisplay),
  };
}
