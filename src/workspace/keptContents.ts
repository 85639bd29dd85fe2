import type { Digest } from '../context/digest.ts';
import { workspaceLimits } from './limits.ts';

/**
 * What a scan has just read, for the push that follows: most of it is sent at once, and would have to be opened, read
 * and checked again. Holds the content of small files up to a bound, each until it is taken, and lets go of the rest
 * when nobody has asked for a while.
 */
export class KeptContents {
  readonly #contents = new Map<Digest, Uint8Array>();
  #bytes = 0;
  /** Contents lie side by side, so that the garbage collector sees few things. */
  #slab: Buffer = Buffer.alloc(0);
  #used = 0;
  #expiry: NodeJS.Timeout | undefined;

  /** Keeps a copy of a whole file, if there is room. */
  add(digest: Digest, content: Uint8Array): void {
    if (this.#bytes + content.length > workspaceLimits.keptBytes || this.#contents.has(digest)) return;
    if (this.#used + content.length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(workspaceLimits.keptSlab, content.length));
      this.#used = 0;
      this.#expire();
    }
    this.#slab.set(content, this.#used);
    this.#contents.set(digest, this.#slab.subarray(this.#used, (this.#used += content.length)));
    this.#bytes += content.length;
  }

  /** The content of that digest, once. */
  take(digest: Digest): Uint8Array | undefined {
    const content = this.#contents.get(digest);
    if (content !== undefined) this.#contents.delete(digest);
    return content;
  }

  clear(): void {
    clearTimeout(this.#expiry);
    this.#contents.clear();
    this.#bytes = this.#used = 0;
    this.#slab = Buffer.alloc(0);
  }

  #expire(): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.clear(), workspaceLimits.keptMs).unref();
  }
}
