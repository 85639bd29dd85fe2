import { setImmediate } from 'node:timers/promises';
import type { Disposable } from '../base/disposable.ts';
import { toDisposable } from '../base/disposable.ts';
import { withTimeout } from '../base/time.ts';
import type { Chunk } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import { workspaceLimits } from './limits.ts';

/** Told of each content that is kept: it can be taken from then on. */
export type Follower = (digest: Digest, size: number) => void;

/** Bytes that are not our own. */
interface Loan {
  /** Contents in them that somebody may still read. */
  needed: number;
  onSpent(): void;
}

/**
 * What a scan has just read, for the push that follows: most of it is sent at once, and would have to be opened, read
 * and checked again. Holds the content of small files up to a bound, each until it is taken, and lets go of the rest
 * when nobody has asked for a while.
 *
 * Somebody may follow the scan and take contents while it reads. Then large files are kept as well, chunk by chunk, and
 * the scan waits while much of what it has read was not taken.
 */
export class KeptContents {
  readonly #contents = new Map<Digest, Uint8Array>();
  #bytes = 0;
  /** What was lent, by its memory. */
  readonly #loans = new WeakMap<ArrayBufferLike, Loan>();
  /** Contents lie side by side, so that the garbage collector sees few things. */
  #slab: Buffer = Buffer.alloc(0);
  #used = 0;
  #expiry: NodeJS.Timeout | undefined;
  #follower: Follower | undefined;
  /** Bytes that were kept since the follower had the processor. */
  #unfollowed = 0;
  #onRoom: () => void = () => {};

  get followed(): boolean {
    return this.#follower !== undefined;
  }

  /** Keeps a copy of a whole file, if there is room. */
  add(digest: Digest, content: Uint8Array): void {
    if (!this.#accepts(digest, content)) return;
    if (this.#used + content.length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(workspaceLimits.keptSlab, content.length));
      this.#used = 0;
      this.#expire();
    }
    this.#slab.set(content, this.#used);
    this.#keep(digest, this.#slab.subarray(this.#used, (this.#used += content.length)));
  }

  /**
   * Keeps pieces of a large file for a follower. The bytes, which are those of the chunks in order, are not copied: they
   * must stay as they are, unless `onSpent` is called. It need not be.
   */
  lend(chunks: readonly Chunk[], bytes: Uint8Array, onSpent: () => void): void {
    this.#loans.set(bytes.buffer, { needed: chunks.length, onSpent });
    let at = 0;
    for (const { digest, size } of chunks) {
      const content = bytes.subarray(at, (at += size));
      if (this.followed && this.#accepts(digest, content)) this.#keep(digest, content);
      else this.spent(content);
    }
    if (this.followed) this.#expire();
  }

  /** The content of that digest, once. */
  take(digest: Digest): Uint8Array | undefined {
    const content = this.#contents.get(digest);
    if (content === undefined) return undefined;
    this.#contents.delete(digest);
    this.#bytes -= content.length;
    if (this.#bytes <= workspaceLimits.followedBytes) this.#onRoom();
    return content;
  }

  /** A content that was taken is needed no longer. */
  spent(content: Uint8Array): void {
    const loan = this.#loans.get(content.buffer);
    if (loan !== undefined && --loan.needed === 0) loan.onSpent();
  }

  /** Calls `follower` for what is kept and for what comes, until it is disposed of. One follower at a time. */
  follow(follower: Follower): Disposable {
    this.#follower = follower;
    for (const [digest, content] of this.#contents) follower(digest, content.length);
    return toDisposable(() => {
      if (this.#follower === follower) this.#follower = undefined;
      this.#onRoom();
    });
  }

  /** Lets a follower have its turn, and waits while it has much to take; but not for one that takes nothing. */
  async pace(): Promise<void> {
    if (!this.followed || this.#unfollowed < workspaceLimits.followedSlice) return;
    this.#unfollowed = 0;
    await setImmediate();
    if (!this.followed || this.#bytes <= workspaceLimits.followedBytes) return;
    const room = new Promise<void>((resolve) => (this.#onRoom = resolve));
    await withTimeout(room, workspaceLimits.followedWait, 'A follower').catch(() => (this.#follower = undefined));
  }

  clear(): void {
    clearTimeout(this.#expiry);
    this.#contents.clear();
    this.#bytes = this.#used = 0;
    this.#slab = Buffer.alloc(0);
  }

  #accepts(digest: Digest, content: Uint8Array): boolean {
    return this.#bytes + content.length <= workspaceLimits.keptBytes && !this.#contents.has(digest);
  }

  #keep(digest: Digest, content: Uint8Array): void {
    this.#contents.set(digest, content);
    this.#bytes += content.length;
    if (this.#follower === undefined) return;
    this.#unfollowed += content.length;
    this.#follower(digest, content.length);
  }

  #expire(): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.clear(), workspaceLimits.keptMs).unref();
  }
}
