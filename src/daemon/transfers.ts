import type { BuilderTransfer } from '../context/buildEvent.ts';
import { nothingTransferred, sumTransfers } from '../context/builderTransfer.ts';

/** Something that counts what BuildKit asked of it. */
interface Counted {
  readonly transfer: BuilderTransfer;
}

/** Generations that may still be asked for something; older ones only count. */
const liveGenerations = 8;

/** What crossed BuildKit's sessions for one context, over all its generations. */
export class Transfers {
  #settled = nothingTransferred;
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
