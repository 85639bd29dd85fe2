import { PresyncError } from '../../src/base/errors.ts';
import type { Digest } from '../../src/context/digest.ts';
import { digestOf } from '../../src/context/digest.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { emptySnapshot } from '../../src/context/snapshot.ts';
import type { Base, PushSink } from '../../src/transfer/receiver.ts';

/** A daemon's store and context, in memory. */
export class MemorySink implements PushSink {
  readonly chunks = new Map<Digest, Uint8Array>();
  readonly snapshots = new Map<Digest, Snapshot>([[emptySnapshot.digest, emptySnapshot]]);
  readonly announcements: Digest[] = [];
  /** Chunks that were put, in order, twice where they came twice. */
  readonly arrivals: Digest[] = [];
  head: Snapshot | undefined;
  kept: Snapshot | undefined;

  base(digest: Digest): Promise<Base> {
    const snapshot = this.snapshots.get(digest);
    if (snapshot !== undefined) return Promise.resolve({ snapshot, complete: true });
    if (this.kept?.digest === digest) return Promise.resolve({ snapshot: this.kept, complete: false });
    return Promise.reject(new PresyncError('BASE_UNKNOWN', 'unknown'));
  }

  held(): Base {
    if (this.kept !== undefined) return { snapshot: this.kept, complete: false };
    return { snapshot: this.head ?? emptySnapshot, complete: true };
  }

  has(chunk: Digest): boolean {
    return this.chunks.has(chunk);
  }

  put(chunk: Digest, content: Uint8Array): Promise<void> {
    if (digestOf(content) !== chunk) return Promise.reject(new PresyncError('PROTOCOL', 'wrong digest'));
    this.chunks.set(chunk, Uint8Array.from(content));
    this.arrivals.push(chunk);
    return Promise.resolve();
  }

  read(chunk: Digest): Promise<Uint8Array> {
    return Promise.resolve(this.chunks.get(chunk)!);
  }

  announced(snapshot: Snapshot): void {
    this.announcements.push(snapshot.digest);
  }

  unfinished(snapshot: Snapshot): void {
    this.kept = snapshot;
  }

  commit(snapshot: Snapshot): Promise<void> {
    this.snapshots.set(snapshot.digest, snapshot);
    this.head = snapshot;
    this.kept = undefined;
    return Promise.resolve();
  }
}
