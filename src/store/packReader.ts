/**
 * Reads objects. Small ones that are read in the order in which they lie, as a builder does that takes a whole
 * context, come out of windows read ahead; anything else is read by itself.
 *
 * Packs are only appended to, so what a window holds can never be out of date.
 */
import type { Place } from './digestTable.ts';
import type { StoreLimits } from './limits.ts';
import type { Packs } from './packs.ts';

interface Window {
  readonly pack: number;
  readonly start: number;
  readonly end: number;
  readonly bytes: Promise<Uint8Array>;
}

export class PackReader {
  readonly #packs: Packs;
  readonly #limits: StoreLimits;
  #windows: Window[] = [];
  /** By pack: where the last read ended. */
  readonly #lastEnds = new Map<number, number>();

  constructor(packs: Packs, limits: StoreLimits) {
    this.#packs = packs;
    this.#limits = limits;
  }

  /** The bytes at a place, unchecked; fewer when the pack is cut short or gone. */
  async read(place: Place): Promise<Uint8Array> {
    const { offset, length } = place;
    const window = this.#windowFor(place);
    if (window === undefined) return this.readThrough(place);
    const bytes = await window.bytes;
    return bytes.slice(offset - window.start, offset - window.start + length);
  }

  /** As `read`, but always from the file. */
  async readThrough({ pack, offset, length }: Place): Promise<Uint8Array> {
    return (await this.#packs.get(pack)?.read(offset, length)) ?? new Uint8Array();
  }

  /** Drops what was read ahead, so that the next reads tell how the disk is now. */
  forget(): void {
    this.#windows = [];
  }

  /** A window that holds the place, read if the last read of the pack ended close before it. */
  #windowFor({ pack, offset, length }: Place): Window | undefined {
    const end = offset + length;
    const found = this.#windows.find((w) => w.pack === pack && w.start <= offset && end <= w.end);
    const lastEnd = this.#lastEnds.get(pack);
    this.#lastEnds.set(pack, end);
    if (found !== undefined) return found;
    const isNext = lastEnd !== undefined && offset >= lastEnd && offset - lastEnd <= this.#limits.windowBytes / 4;
    const windowEnd = Math.min(offset + this.#limits.windowBytes, this.#packs.get(pack)?.written ?? 0);
    if (!isNext || end > windowEnd) return undefined;
    const bytes = this.readThrough({ pack, offset, length: windowEnd - offset });
    const window: Window = { pack, start: offset, end: windowEnd, bytes };
    // A window that could not be read serves nobody; those who wait for it see the error.
    bytes.catch(() => (this.#windows = this.#windows.filter((w) => w !== window)));
    this.#windows = [...this.#windows.slice(1 - this.#limits.windows), window];
    return window;
  }
}
