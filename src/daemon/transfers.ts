import type { BuilderTransfer } from '../context/buildEvent.ts';

/** Something that counts what BuildKit asked of it. */
interface Counted {
  readonly transfer: BuilderTransfer;
}

export const noTransfer: BuilderTransfer = { diffCopies: 0, files: 0, bytes: 0 };

/** Generations that may still be asked for something; older ones only count. */
const liveGenerations = 8;

/** What crossed BuildKit's sessions for one context, over all its generations. */
export class Transfers {
  #settled = noTransfer;
  #live: Counted[] = [];

  watch(generation: Counted): void {
    this.#live.push(generation);
    const oldest = this.#live.length > liveGenerations ? this.#live.shift() : undefined;
    if (oldest !== undefined) this.#settled = sumTransfers([this.#settled, oldest.transfer]);
  }

  get total(): BuilderTransfer {
    return sumTransfers([this.#settled, ...this.#live.map(({ transfer }) => transfer)]);
  }
}

export function sumTransfers(transfers: Iterable<BuilderTransfer>): BuilderTransfer {
  let sum = noTransfer;
  for (const { diffCopies, files, bytes } of transfers) {
    sum = { diffCopies: sum.diffCopies + diffCopies, files: sum.files + files, bytes: sum.bytes + bytes };
  }
  return sum;
}

/** What came between two totals. */
export function transferSince(now: BuilderTransfer, before: BuilderTransfer): BuilderTransfer {
  return {
    diffCopies: now.diffCopies - before.diffCopies,
    files: now.files - before.files,
    bytes: now.bytes - before.bytes,
  };
}
