import type { Name, Path } from '../context/path.ts';
import { joinPath } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import type { FolderContent, FolderNode } from './folderNode.ts';
import type { PackedEntry } from './folderRecords.ts';
import { packFolder } from './folderRecords.ts';

/** What was found at one name. `record` undefined: as known. */
export interface Found {
  readonly record: Uint8Array | undefined;
  readonly extra?: Uint8Array | undefined;
  readonly node?: FolderNode | undefined;
  readonly problem?: Problem | undefined;
}

/** Nothing is there any more. */
export const gone = Symbol('gone');

/** Collects what is found in a folder; makes something of it only when it differs from what is known. */
export class FoundNames {
  readonly #folder: Path;
  readonly #known: FolderNode | undefined;
  readonly #listing: readonly Name[];
  readonly #changed = new Map<number, Found | typeof gone>();
  readonly #indexes: (number | undefined)[] = [];
  readonly #problems: Problem[] = [];
  readonly #nodes: FolderNode[] = [];
  #differs: boolean;

  constructor(folder: Path, known: FolderNode | undefined, listing: readonly Name[], sameNames: boolean) {
    this.#folder = folder;
    this.#known = known;
    this.#listing = listing;
    // Problems are kept in memory only, and are few: a folder that has some is made anew.
    this.#differs = known === undefined || !sameNames || known.content.problems.length > 0;
  }

  /** Not looked at: as known. */
  keep(at: number, index: number): void {
    this.#indexes[at] = index;
    const node = this.#known!.folderAt(index);
    if (node !== undefined) this.#nodes.push(node);
    const path = joinPath(this.#folder, this.#listing[at]!);
    this.#problems.push(...this.#known!.content.problems.filter((problem) => problem.path === path));
  }

  take(at: number, index: number | undefined, found: Found | typeof gone): void {
    this.#indexes[at] = index;
    if (found === gone) {
      this.#differs = true;
      this.#changed.set(at, gone);
      return;
    }
    if (found.problem !== undefined) this.#problems.push(found.problem);
    if (found.record === undefined) return;
    if (found.node !== undefined) this.#nodes.push(found.node);
    const before = index === undefined ? undefined : this.#known!.folderAt(index);
    if (index !== undefined && found.node === before && this.#isKnown(index, found.record, found.extra)) return;
    this.#differs = true;
    this.#changed.set(at, found);
  }

  content(): FolderContent {
    if (!this.#differs && this.#problems.length === 0) return this.#known!.content;
    const entries: PackedEntry[] = [];
    const records = this.#known?.content.records;
    for (const [at, name] of this.#listing.entries()) {
      const found = this.#changed.get(at);
      if (found === gone) continue;
      const index = this.#indexes[at];
      const record = found?.record ?? records!.record(index!);
      const extra = found?.record === undefined ? records!.extra(index!) : found.extra;
      entries.push({ name, record, extra });
    }
    return { records: packFolder(entries), folders: this.#nodes, problems: this.#problems };
  }

  #isKnown(index: number, record: Uint8Array, extra: Uint8Array | undefined): boolean {
    const { records } = this.#known!.content;
    return sameBytes(record, records.record(index)) && sameBytes(extra ?? none, records.extra(index) ?? none);
  }
}

const none = new Uint8Array();

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
