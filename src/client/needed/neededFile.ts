/**
 * Which of a context's files its builds need, for all processes that build from it: one file in the user's data directory,
 * a JSON object a line. Lines are only ever added, each in one write, so no process waits for another and none loses what
 * another has added: the set never narrows. A file that nobody has used for two weeks is begun anew.
 */
import { appendFile, mkdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromBytes, toBytes } from '../../base/bytes.ts';
import type { ByteString } from '../../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';
import type { Needed } from '../../context/needed/needed.ts';
import { everythingNeeded, nothingNeeded, unionOf } from '../../context/needed/needed.ts';
import { parseSource } from '../../context/needed/sourcePattern.ts';
import { clientLimits } from '../limits.ts';

export interface Kept {
  readonly needed: Needed;
  /** Recipes, by their keys, whose needs are among them. */
  readonly recipes: ReadonlySet<string>;
}

const nothingKept: Kept = { needed: nothingNeeded, recipes: new Set() };
const tooMuchKept: Kept = { needed: everythingNeeded('there are so many different builds'), recipes: new Set() };

type Line = { readonly source: string } | { readonly all: string } | { readonly recipe: string };

export class NeededFile {
  readonly #path: string;
  #kept: Kept = nothingKept;
  /** Of the file when it was read. */
  #size = 0;
  #opened = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** What is kept now. A file that cannot be read keeps nothing: that costs time, and no more. */
  async read(): Promise<Kept> {
    if (!this.#opened) await this.#open();
    const { size, mtimeMs } = await stat(this.#path).catch(() => ({ size: 0, mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > clientLimits.neededTouch) await this.#touch();
    if (size === this.#size) return this.#kept;
    const text = size > clientLimits.neededBytes ? undefined : await readFile(this.#path, 'latin1').catch(() => '');
    this.#size = text?.length ?? size;
    this.#kept = text === undefined ? tooMuchKept : parseLines(text);
    return this.#kept;
  }

  /** Adds what a recipe needs. STORE_IO when that cannot be written. */
  async add(needed: Needed, recipe?: string): Promise<Kept> {
    const { needed: before, recipes } = await this.read();
    // More than all there cannot be, so the file grows no further.
    if (before.all) return this.#kept;
    const lines: Line[] = [];
    if (needed.all) lines.push({ all: needed.why });
    else {
      const known = new Set(before.patterns.map(({ text }) => text));
      for (const { text } of needed.patterns) if (!known.has(text)) lines.push({ source: text });
    }
    if (recipe !== undefined && !recipes.has(recipe)) lines.push({ recipe });
    if (lines.length > 0) await this.#append(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return this.read();
  }

  async #open(): Promise<void> {
    this.#opened = true;
    const found = await stat(this.#path).catch(() => undefined);
    const unused = found !== undefined && Date.now() - found.mtimeMs > clientLimits.neededUnused;
    if (unused) await rm(this.#path, { force: true });
  }

  /** Whoever uses the file says so by its time. */
  async #touch(): Promise<void> {
    const now = new Date();
    await utimes(this.#path, now, now).catch(() => {});
  }

  async #append(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await appendFile(this.#path, toBytes(text as ByteString), { mode: 0o600 });
    } catch (thrown) {
      throw new PresyncError('STORE_IO', `${this.#path} cannot be written (${systemErrorCode(thrown)}).`, {
        hint: 'Presync keeps there what builds of this folder use. Make the file yours again, or delete it.',
        cause: thrown,
      });
    }
  }
}

function parseLines(text: string): Kept {
  let needed: Needed = nothingNeeded;
  const recipes = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = parseLine(line);
    if (parsed === undefined)
      needed = unionOf(needed, everythingNeeded('what was needed before is not known any more'));
    else if ('recipe' in parsed) recipes.add(parsed.recipe);
    else needed = unionOf(needed, parsed);
  }
  return { needed, recipes };
}

function parseLine(line: string): Needed | { readonly recipe: string } | undefined {
  try {
    const value = JSON.parse(line) as Partial<Record<'source' | 'all' | 'recipe', unknown>>;
    if (typeof value.recipe === 'string') return { recipe: value.recipe };
    if (typeof value.all === 'string') return everythingNeeded(value.all);
    if (typeof value.source !== 'string') return undefined;
    const pattern = parseSource(fromBytes(Buffer.from(value.source, 'latin1')));
    return pattern === undefined ? undefined : { all: false, patterns: [pattern] };
  } catch {
    return undefined;
  }
}
