/** A folder on this machine as a context: its identity, its ignore rules, its scanner. */
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import type { Digest } from '../context/digest.ts';
import { hexDigest } from '../context/digest.ts';
import { ignoreFileCandidates } from '../context/dockerfile.ts';
import { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import { ContextRules } from '../context/needed/contextRules.ts';
import type { Needed } from '../context/needed/needed.ts';
import { neededKey } from '../context/needed/needed.ts';
import type { Path } from '../context/path.ts';
import { isWithin } from '../context/path.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { canonicalFile, existsWithin, locateContext, readIgnoreFile } from '../workspace/contextFiles.ts';
import type { FreshContents } from '../transfer/ahead.ts';
import type { FolderNode } from '../workspace/folderNode.ts';
import type { Prover } from '../workspace/proofScan.ts';
import type { ExcludedEntry, ScanResult } from '../workspace/scanner.ts';
import type { Scouts } from '../workspace/scanner.ts';
import { ContextScanner } from '../workspace/scanner.ts';
import { treeBytes } from '../workspace/treeBytes.ts';
import { contextId } from './contextIdentity.ts';
import { clientLimits } from './limits.ts';
import type { Recipe } from './needed/contextExtent.ts';
import { ContextExtent } from './needed/contextExtent.ts';
import { NeededFile } from './needed/neededFile.ts';
import type { Reading } from './reading.ts';
import { bootMicroseconds } from './reading.ts';
import type { ChangeHint, WorkspaceContext } from './workspaceContext.ts';

export interface LocalContextOptions {
  /** The folder, as the user named it. */
  readonly folder: string;
  /** The Dockerfile's absolute path, for `<Dockerfile>.dockerignore`; undefined when it has none. */
  readonly dockerfile: string | undefined;
  readonly installation: string;
  /** Where stat caches are kept. */
  readonly cacheDirectory: string;
  /** Where what builds need is kept. */
  readonly neededDirectory: string;
  readonly prover: Prover;
  /** Help with large folders. */
  readonly scouts?: Scouts | undefined;
  /** Folders that no context may hold; see `Environment.ownDirectories`. */
  readonly ownDirectories?: readonly string[];
}

export class LocalContext implements WorkspaceContext {
  readonly id: Digest;
  /** The canonical folder. */
  readonly root: string;
  readonly #scanner: ContextScanner;
  readonly #dockerfile: string | undefined;
  readonly #prover: Prover;
  /** Where the rules may be, whether there is a file or not. */
  readonly #ignoreFiles: readonly string[];
  readonly #extent: ContextExtent;
  #rules: IgnoreRules;
  #ignore: Ignore;
  #filter: ContextRules;
  /** A whole scan has judged by this very filter. */
  #filterSeen = false;

  private constructor(found: Found, scanner: ContextScanner, prover: Prover) {
    this.id = found.id;
    this.root = found.root;
    this.#prover = prover;
    this.#dockerfile = found.dockerfile;
    this.#ignoreFiles = found.ignoreFiles;
    this.#ignore = found.ignore;
    this.#rules = parseIgnore(found.ignore);
    this.#extent = found.extent;
    this.#filter = found.filter;
    this.#scanner = scanner;
  }

  /** CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY, CONTEXT_UNREADABLE, IGNORE_PATTERN, USAGE. */
  static async open(options: LocalContextOptions): Promise<LocalContext> {
    const { folder, dockerfile, installation, cacheDirectory, neededDirectory } = options;
    const { root, dev, ino } = await locateContext(folder);
    const ignore = await readIgnore(dockerfile, root);
    await refuseToHold(root, parseIgnore(ignore), options.ownDirectories ?? []);
    const id = contextId({ installation, root, dev, ino, ignoreFile: ignore.own });
    const cachePath = join(cacheDirectory, 'contexts', hexDigest(id));
    const extent = new ContextExtent({ file: new NeededFile(join(neededDirectory, hexDigest(id))), dockerfile });
    await extent.refresh();
    const filter = new ContextRules(parseIgnore(ignore), extent.needed);
    const { scouts } = options;
    const scanner = new ContextScanner({
      root,
      filter,
      filterKey: filterKey(ignore, extent.needed),
      cachePath,
      scouts,
    });
    const ignoreFiles = await ignoreFilesOf(dockerfile, root);
    return new LocalContext({ id, root, dockerfile, ignore, ignoreFiles, extent, filter }, scanner, options.prover);
  }

  get label(): ByteString {
    return fromText(this.root);
  }

  get rules(): IgnoreRules {
    return this.#rules;
  }

  get fresh(): FreshContents {
    return this.#scanner.kept;
  }

  get remembered(): Snapshot | undefined {
    return this.#scanner.remembered;
  }

  async read(hint: ChangeHint, signal?: AbortSignal): Promise<Reading> {
    const asOf = bootMicroseconds();
    const started = performance.now();
    await this.#refreshRules(signal);
    const whole = !this.#filterSeen || 'everything' in hint;
    const first = whole ? await this.#scanner.scan(signal) : await this.#scanner.rescan(hint.paths, signal);
    this.#filterSeen = true;
    const scan = await this.#followLinks(first, signal);
    const ms = performance.now() - started;
    const [ignore, needed] = [this.#ignore, this.#extent.needed];
    return { ...scan, asOf, ms, prove: (since, abort) => this.#prove(scan.snapshot, ignore, needed, since, abort) };
  }

  /** See `NeedsFiles`. */
  require(recipe: Recipe): Promise<Needed> {
    return this.#extent.require(recipe);
  }

  widen(why: string): Promise<boolean> {
    return this.#extent.widen(why);
  }

  coversStep(words: string): Promise<boolean> {
    return this.#extent.coversStep(words);
  }

  /** Whether there is something at the path in the folder, in the context or not, that no rule excludes. */
  async hasOutside(path: Path): Promise<boolean> {
    return !this.#rules.excludes(path) && existsWithin(this.root, path);
  }

  /** What builds can use, as of the last reading. */
  get needed(): Needed {
    return this.#extent.needed;
  }

  readChunk(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array> {
    return this.#scanner.readChunk(path, offset, size, expected);
  }

  /** Whether a watcher can leave a folder out: nothing at or below it can be in the context. */
  skipsFolder(folder: Path): boolean {
    try {
      return this.#filter.prunes(folder) && !this.#decidingPaths().some((path) => isWithin(path, folder));
    } catch {
      // Of a malformed rule the next reading complains.
      return false;
    }
  }

  /**
   * What has to be read again when a file of this machine (an absolute path) was written. Undefined for one that is not
   * in the context: it lies elsewhere, or is excluded.
   */
  async hintOf(file: string): Promise<ChangeHint | undefined> {
    const canonical = await canonicalFile(file);
    if (this.#ignoreFiles.includes(file) || this.#ignoreFiles.includes(canonical)) {
      return { everything: true, why: 'an ignore file was saved' };
    }
    const path = pathWithin(this.root, canonical);
    return path === undefined || this.#isExcluded(path) ? undefined : { paths: [path] };
  }

  /** What is left of a hint without the paths at and below which nothing is in the context; undefined for nothing. */
  relevant(hint: ChangeHint): ChangeHint | undefined {
    if ('everything' in hint) return hint;
    const deciding = this.#decidingPaths();
    const paths = hint.paths.filter((path) => deciding.includes(path) || !this.skipsFolder(path));
    return paths.length === 0 ? undefined : { paths };
  }

  /** Whether what belongs to the context is something else than at the last reading. */
  async rulesChanged(): Promise<boolean> {
    if ((await readIgnore(this.#dockerfile, this.root)).text !== this.#ignore.text) return true;
    return (await this.#extent.refresh()) && this.#useRules();
  }

  /** The topmost excluded paths, each with the rule that excluded it. */
  excluded(): Excluded[] {
    return this.#scanner.excluded().map((path) => ({ path, rule: this.#ruleOf(path) }));
  }

  /** What is excluded directly in one folder of what was last read, up to a limit, and how many more there are. */
  excludedIn(folder: Path): { entries: ExcludedChild[]; more: number } {
    const { entries, more } = this.#scanner.excludedIn(folder, clientLimits.excludedEntries);
    return { entries: entries.map((entry) => ({ ...entry, rule: this.#ruleOf(entry.path) })), more };
  }

  save(): Promise<void> {
    return this.#scanner.save();
  }

  #prove(
    snapshot: FolderNode,
    ignore: Ignore,
    needed: Needed,
    since: bigint,
    signal: AbortSignal | undefined,
  ): Promise<Proof> {
    const { root } = this;
    const [rules, tree] = [ignore.content, treeBytes(snapshot)];
    return this.#prover.prove({ root, dockerfile: this.#dockerfile, rules, needed, tree, since }, signal);
  }

  /** The files in the context's folder that decide on what belongs to it. */
  #decidingPaths(): Path[] {
    const files = this.#dockerfile === undefined ? this.#ignoreFiles : [...this.#ignoreFiles, this.#dockerfile];
    return files.map((file) => pathWithin(this.root, file)).filter((path) => path !== undefined);
  }

  /** What links lead to that were found on the way to something needed is needed as well. */
  async #followLinks(found: ScanResult, signal: AbortSignal | undefined): Promise<ScanResult> {
    let scan = found;
    for (let round = 0; await this.#extent.followLinks(scan.snapshot); round++) {
      if (round === clientLimits.linksFollowed) await this.#extent.widen('links lead to links');
      this.#useRules();
      scan = await this.#scanner.scan(signal);
      this.#filterSeen = true;
    }
    return scan;
  }

  #isExcluded(file: Path): boolean {
    try {
      return this.#filter.excludes(file);
    } catch {
      return false;
    }
  }

  #ruleOf(path: Path): string {
    const verdict = this.#rules.verdictOn(path);
    if (verdict?.excluded !== true || verdict.rule === undefined) return '';
    return `${toDisplay(verdict.rule.text)} (line ${verdict.rule.line})`;
  }

  /** The ignore file is read at every reading, so that a snapshot follows one version of it. */
  async #refreshRules(signal: AbortSignal | undefined): Promise<void> {
    let ignore = await readIgnore(this.#dockerfile, this.root);
    if (ignore.text === '' && this.#ignore.text !== '') {
      // Between two steps of a save there may be nothing: everything that it excludes would be sent.
      await delay(clientLimits.ignoreGone, signal);
      ignore = await readIgnore(this.#dockerfile, this.root);
    }
    const sameRules = ignore.text === this.#ignore.text;
    if (!sameRules) {
      this.#rules = parseIgnore(ignore);
      this.#ignore = ignore;
    }
    if ((await this.#extent.refresh()) || !sameRules) this.#useRules();
  }

  /** The next scan judges by what is known now. */
  #useRules(): true {
    this.#filter = new ContextRules(this.#rules, this.#extent.needed);
    this.#filterSeen = false;
    this.#scanner.setFilter(this.#filter, filterKey(this.#ignore, this.#extent.needed));
    return true;
  }
}

interface Found {
  readonly id: Digest;
  readonly root: string;
  readonly dockerfile: string | undefined;
  readonly ignore: Ignore;
  readonly ignoreFiles: readonly string[];
  readonly extent: ContextExtent;
  readonly filter: ContextRules;
}

export interface Excluded {
  readonly path: Path;
  /** As the user wrote it, with its line. */
  readonly rule: string;
}

/** USAGE when the context is one of the directories, or holds one that the rules do not exclude. */
async function refuseToHold(root: string, rules: IgnoreRules, directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    const canonical = await canonicalFile(directory);
    const path = pathWithin(root, canonical);
    if (canonical !== root && (path === undefined || rules.excludes(path))) continue;
    throw new PresyncError('USAGE', `The context ${root} holds ${directory}, where Presync keeps its own files.`, {
      hint: 'Exclude that folder in .dockerignore, or name another context.',
    });
  }
}

/** By the paths that the user gave, and by those that the system tells. */
async function ignoreFilesOf(dockerfile: string | undefined, root: string): Promise<string[]> {
  const [own, general] = ignoreFileCandidates(basename(dockerfile ?? 'Dockerfile'));
  const files = [join(root, general)];
  if (dockerfile === undefined) return files;
  const folder = dirname(dockerfile);
  return [...files, join(folder, own), join(await canonicalFile(folder), own)];
}

/** A file's path in the context of the canonical folder `root`; undefined outside of it. */
function pathWithin(root: string, file: string): Path | undefined {
  const path = relative(root, file);
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return fromText(path.replaceAll(sep, '/'));
}

export interface ExcludedChild extends ExcludedEntry, Excluded {}

interface Ignore {
  readonly content: Uint8Array;
  /** The content, to be compared. */
  readonly text: string;
  /** The Dockerfile's own ignore file; '' where the context's applies, whether it exists or not. */
  readonly own: string;
}

async function readIgnore(dockerfile: string | undefined, root: string): Promise<Ignore> {
  const file = await readIgnoreFile(dockerfile, root);
  const content = file?.content ?? new Uint8Array();
  const own = file === undefined || file.path === join(root, '.dockerignore') ? '' : file.path;
  return { content, text: Buffer.from(content).toString('latin1'), own };
}

function filterKey(ignore: Ignore, needed: Needed): string {
  return `${neededKey(needed)}\n${ignore.text}`;
}

function parseIgnore(ignore: Ignore): IgnoreRules {
  return ignore.content.length === 0 ? IgnoreRules.none : IgnoreRules.parse(ignore.content);
}
