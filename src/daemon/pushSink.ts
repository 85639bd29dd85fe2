import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot } from '../context/snapshot.ts';
import type { PushSink } from '../transfer/receiver.ts';
import type { Context } from './contextHub.ts';
import { daemonStep } from './crashSteps.ts';

/** The part of the store that a push fills. */
export interface ChunkSink {
  has(chunk: Digest): boolean;
  put(chunk: Digest, content: Uint8Array): Promise<void>;
  read(chunk: Digest): Promise<Uint8Array>;
}

/** Where a push into a context goes. */
export function pushSink(context: Context, chunks: ChunkSink, announced: (snapshot: Snapshot) => void): PushSink {
  return {
    base(digest) {
      const snapshot = context.find(digest);
      if (snapshot !== undefined) return Promise.resolve({ snapshot, complete: true });
      const { unfinished } = context;
      if (unfinished?.digest === digest) return Promise.resolve({ snapshot: unfinished, complete: false });
      return Promise.reject(
        new PresyncError('BASE_UNKNOWN', 'The daemon no longer has the snapshot that this builds on.'),
      );
    },
    held() {
      const { unfinished, head } = context;
      if (unfinished !== undefined) return { snapshot: unfinished, complete: false };
      return { snapshot: head ?? emptySnapshot, complete: true };
    },
    has: (chunk) => chunks.has(chunk),
    async put(chunk, content) {
      await chunks.put(chunk, content);
      daemonStep('push-put');
    },
    read: (chunk) => chunks.read(chunk),
    announced,
    unfinished(snapshot) {
      context.unfinished = snapshot;
      daemonStep('push-described');
    },
    async commit(snapshot, asOf) {
      daemonStep('push-content');
      await context.commit(snapshot, asOf);
      daemonStep('push-committed');
    },
  };
}
