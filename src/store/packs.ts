import { removeFile } from './files.ts';
import { namesIn } from './folder.ts';
import { indexPath, Pack } from './pack.ts';
import type { LoadContext } from './packLoader.ts';
import { loadPack } from './packLoader.ts';

/** The packs of a store by number. The newest record of an object counts, so numbers are never used again. */
export class Packs {
  readonly #context: LoadContext;
  readonly #packs = new Map<number, Pack>();
  #newest = 0;

  private constructor(context: LoadContext) {
    this.#context = context;
  }

  static async open(context: LoadContext): Promise<Packs> {
    const packs = new Packs(context);
    try {
      await packs.#load();
    } catch (error) {
      await packs.close();
      throw error;
    }
    return packs;
  }

  get(number: number): Pack | undefined {
    return this.#packs.get(number);
  }

  all(): Pack[] {
    return [...this.#packs.values()];
  }

  /** The newest pack, if it is sound to its end. */
  get appendable(): Pack | undefined {
    const newest = this.#packs.get(this.#newest);
    return newest?.isSound ? newest : undefined;
  }

  add(): Pack {
    const pack = new Pack(this.#context.folder, ++this.#newest, this.#context.logger);
    this.#packs.set(pack.number, pack);
    return pack;
  }

  /** Takes a pack out of use; its files are the caller's to remove. */
  forget(pack: Pack): void {
    this.#packs.delete(pack.number);
  }

  /** Closes all files. Whatever was acknowledged is synced, so a failure here says nothing. */
  async close(): Promise<void> {
    await Promise.allSettled(this.all().map((pack) => pack.close()));
  }

  async #load(): Promise<void> {
    const names = await namesIn(this.#context.folder);
    for (const number of numbersOf(names, 'pack')) {
      this.#packs.set(number, await loadPack(number, this.#context));
      this.#newest = number;
    }
    for (const number of numbersOf(names, 'index')) {
      if (!this.#packs.has(number)) await removeFile(indexPath(this.#context.folder, number));
    }
  }
}

function numbersOf(names: readonly string[], extension: string): number[] {
  const numbers: number[] = [];
  for (const name of names) {
    const match = /^([0-9]{8,9})\.([a-z]+)$/.exec(name);
    if (match?.[2] === extension) numbers.push(Number(match[1]));
  }
  return numbers.sort((a, b) => a - b);
}
