/** A folder on this machine as a context: its identity, its ignore rules, its scanner. */
import { isAbsolute, join, relative, sep } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { hexDigest } from '../context/digest.ts';
import type { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import { ContextRules } from '../context/needed/contextRules.ts';
import type { Needed } from '../context/needed/needed.ts';
import { neededKey } from '../context/needed/needed.ts';
import type { Path } from '../context/path.ts';
import { isWithin } from '../context/path.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { canonicalFile, existsWithin, locateContext } from '../workspace/contextFiles.ts';
import type { CutterThreads } from '../workspace/cutterThreads.ts';
import type { FreshContents } from '../transfer/ahead.ts';
import type { FolderNode } from '../workspace/folderNode.ts';
import type { Prover } from '../workspace/proofScan.ts';
import type { ExcludedEntry, ScanResult } from '../workspace/scanner.ts';
import type { Scouts } from '../workspace/scanner.ts';
import { ContextScanner } from '../workspace/scanner.ts';
import { treeBytes } from '../workspace/treeBytes.ts';
import { contextId } from './contextIdentity.ts';
import { ContextIgnore } from './contextIgnore.ts';
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
  /** Help with large files. */
  readonly cutters?: CutterThreads | undefined;
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
  readonly #ignore: ContextIgnore;
  readonly #extent: ContextExtent;
  #filter: ContextRules;
  /** What the filter was made from. */
  #filterKey: string;

  private constructor(found: Found, scanner: ContextScanner, prover: Prover) {
    this.id = found.id;
    this.root = found.root;
    this.#prover = prover;
    this.#dockerfile = found.dockerfile;
    this.#ignore = found.ignore;
    this.#extent = found.extent;
    this.#filter = found.filter;
    this.#filterKey = filterKey(found.ignore, found.extent);
    this.#scanner = scanner;
  }

  /** CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY, CONTEXT_UNREADABLE, IGNORE_PATTERN, USAGE. */
  static async open(options: LocalContextOptions): Promise<LocalContext> {
    const { folder, dockerfile, installation, cacheDirectory, neededDirectory } = options;
    const { root, dev, ino } = await locateContext(folder);
    const ignore = await ContextIgnore.open(dockerfile, root);
    await refuseToHold(root, ignore.rules, options.ownDirectories ?? []);
    const id = contextId({ installation, root, dev, ino, ignoreFile: ignore.own });
    const cachePath = join(cacheDirectory, 'contexts', hexDigest(id));
    const extent = new ContextExtent({ file: new NeededFile(join(neededDirectory, hexDigest(id))), dockerfile });
    await extent.refresh();
    const filter = new ContextRules(ignore.rules, extent.needed);
    const { scouts, cutters } = options;
    const scanner = new ContextScanner({
      root,
      filter,
      filterKey: filterKey(ignore, extent),
      cachePath,
      scouts,
      cutters,
    });
    return new LocalContext({ id, root, dockerfile, ignore, extent, filter }, scanner, options.prover);
  }

  get label(): ByteString {
    return fromText(this.root);
  }

  get rules(): IgnoreRules {
    return this.#ignore.rules;
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
    // By another filter than the scan before, the scanner looks at everything anyhow.
    const first = await ('everything' in hint ? this.#scanner.scan(signal) : this.#scanner.rescan(hint.paths, signal));
    const scan = await this.#followLinks(first, signal);
    const ms = performance.now() - started;
    const [rules, needed] = [this.#ignore.content, this.#extent.needed];
    return { ...scan, asOf, ms, prove: (since, abort) => this.#prove(scan.snapshot, rules, needed, since, abort) };
  }

  /** See `NeedsFiles`. */
  require(recipe: Recipe): Promise<Needed> {
    return this.#extent.require(recipe);
  }

  widen(why: string): Promise<void> {
    return this.#extent.widen(why);
  }

  /** Whether there is something at the path in the folder, in the context or not, that no rule excludes. */
  async hasOutside(path: Path): Promise<boolean> {
    return !this.rules.excludes(path) && existsWithin(this.root, path);
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
    if (this.#ignore.files.includes(file) || this.#ignore.files.includes(canonical)) {
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
    if (await this.#ignore.hasChanged()) return true;
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
    rules: Uint8Array,
    needed: Needed,
    since: bigint,
    signal: AbortSignal | undefined,
  ): Promise<Proof> {
    const { root } = this;
    const tree = treeBytes(snapshot);
    return this.#prover.prove({ root, dockerfile: this.#dockerfile, rules, needed, tree, since }, signal);
  }

  /** The files in the context's folder that decide on what belongs to it. */
  #decidingPaths(): Path[] {
    const { files } = this.#ignore;
    const deciding = this.#dockerfile === undefined ? files : [...files, this.#dockerfile];
    return deciding.map((file) => pathWithin(this.root, file)).filter((path) => path !== undefined);
  }

  /** What links lead to that were found on the way to something needed is needed as well. */
  async #followLinks(found: ScanResult, signal: AbortSignal | undefined): Promise<ScanResult> {
    let scan = found;
    for (let round = 0; await this.#extent.followLinks(scan.snapshot); round++) {
      if (round === clientLimits.linksFollowed) await this.#extent.widen('links lead to links');
      this.#useRules();
      scan = await this.#scanner.scan(signal);
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
    const verdict = this.rules.verdictOn(path);
    if (verdict?.excluded !== true || verdict.rule === undefined) return '';
    return `${toDisplay(verdict.rule.text)} (line ${verdict.rule.line})`;
  }

  /** The ignore file is read at every reading, so that a snapshot follows one version of it. */
  async #refreshRules(signal: AbortSignal | undefined): Promise<void> {
    await this.#ignore.refresh(signal);
    await this.#extent.refresh();
    // By what there is, not by what has just changed: a reading that failed half way may have changed the rest.
    if (filterKey(this.#ignore, this.#extent) !== this.#filterKey) this.#useRules();
  }

  /** The next scan judges by what is known now. */
  #useRules(): true {
    this.#filter = new ContextRules(this.rules, this.#extent.needed);
    this.#filterKey = filterKey(this.#ignore, this.#extent);
    this.#scanner.setFilter(this.#filter, this.#filterKey);
    return true;
  }
}

interface Found {
  readonly id: Digest;
  readonly root: string;
  readonly dockerfile: string | undefined;
  readonly ignore: ContextIgnore;
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

/** A file's path in the context of the canonical folder `root`; undefined outside of it. */
function pathWithin(root: string, file: string): Path | undefined {
  const path = relative(root, file);
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return fromText(path.replaceAll(sep, '/'));
}

export interface ExcludedChild extends ExcludedEntry, Excluded {}

function filterKey(ignore: ContextIgnore, extent: ContextExtent): string {
  return `${neededKey(extent.needed)}\n${ignore.text}`;
}
