import type { BuilderTransfer } from '../context/buildEvent.ts';

/** Something that counts what BuildKit asked of it. */
interface Counted {
  readonly transfer: BuilderTransfer;
}

/** Generations that may still be asked for something; older ones only count. */
const liveGenerations = 8;

/** What crossed BuildKit's sessions for one context, over all its generations. */
export class Transfers {
  #settled: BuilderTransfer = { diffCopies: 0, files: 0, bytes: 0 };
  #live: Counted[] = [];

  watch(generation: Counted): void {
    this.#live.push(generation);
    const oldest = this.#live.length > liveGenerations ? this.#live.shift() : undefined;
    if (oldest !== undefined) this.#settled = sum(this.#settled, oldest.transfer);
  }

  get total(): BuilderTransfer {
    return this.#live.reduce((total, { transfer }) => sum(total, transfer), this.#settled);
  }

  /** What came after `earlier`, a former `total`. */
  since(earlier: BuilderTransfer): BuilderTransfer {
    const { diffCopies, files, bytes } = this.total;
    return {
      diffCopies: diffCopies - earlier.diffCopies,
      files: files - earlier.files,
      bytes: bytes - earlier.bytes,
    };
  }
}

function sum(a: BuilderTransfer, b: BuilderTransfer): BuilderTransfer {
  return { diffCopies: a.diffCopies + b.diffCopies, files: a.files + b.files, bytes: a.bytes + b.bytes };
}
