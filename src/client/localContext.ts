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
import type { Path } from '../context/path.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { canonicalFile, locateContext, readIgnoreFile } from '../workspace/contextFiles.ts';
import type { FolderNode } from '../workspace/folderNode.ts';
import type { Prover } from '../workspace/proofScan.ts';
import type { ExcludedEntry } from '../workspace/scanner.ts';
import { ContextScanner } from '../workspace/scanner.ts';
import { treeBytes } from '../workspace/treeBytes.ts';
import { contextId } from './contextIdentity.ts';
import { clientLimits } from './limits.ts';
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
  readonly prover: Prover;
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
  #rules: IgnoreRules;
  #ignore: Ignore;

  private constructor(found: Found, scanner: ContextScanner, prover: Prover) {
    this.id = found.id;
    this.root = found.root;
    this.#prover = prover;
    this.#dockerfile = found.dockerfile;
    this.#ignoreFiles = found.ignoreFiles;
    this.#ignore = found.ignore;
    this.#rules = parseIgnore(found.ignore);
    this.#scanner = scanner;
  }

  /** CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY, CONTEXT_UNREADABLE, IGNORE_PATTERN, USAGE. */
  static async open(options: LocalContextOptions): Promise<LocalContext> {
    const { folder, dockerfile, installation, cacheDirectory } = options;
    const { root, dev, ino } = await locateContext(folder);
    const ignore = await readIgnore(dockerfile, root);
    await refuseToHold(root, parseIgnore(ignore), options.ownDirectories ?? []);
    const id = contextId({ installation, root, dev, ino, ignoreFile: ignore.own });
    const cachePath = join(cacheDirectory, 'contexts', hexDigest(id));
    const scanner = new ContextScanner({ root, filter: parseIgnore(ignore), filterKey: ignore.text, cachePath });
    const ignoreFiles = await ignoreFilesOf(dockerfile, root);
    return new LocalContext({ id, root, dockerfile, ignore, ignoreFiles }, scanner, options.prover);
  }

  get label(): ByteString {
    return fromText(this.root);
  }

  get rules(): IgnoreRules {
    return this.#rules;
  }

  get remembered(): Snapshot | undefined {
    return this.#scanner.remembered;
  }

  async read(hint: ChangeHint, signal?: AbortSignal): Promise<Reading> {
    const asOf = bootMicroseconds();
    const started = performance.now();
    const rulesChanged = await this.#refreshRules(signal);
    const whole = rulesChanged || 'everything' in hint;
    const ignore = this.#ignore;
    const scan = whole ? await this.#scanner.scan(signal) : await this.#scanner.rescan(hint.paths, signal);
    const ms = performance.now() - started;
    return { ...scan, asOf, ms, prove: (since, abort) => this.#prove(scan.snapshot, ignore, since, abort) };
  }

  readChunk(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array> {
    return this.#scanner.readChunk(path, offset, size, expected);
  }

  /** Whether a watcher can leave a folder out: nothing at or below it can be in the context. */
  skipsFolder(folder: Path): boolean {
    try {
      const verdict = this.#rules.verdictOn(folder);
      return verdict?.prune === true;
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
    const rulePaths = this.#ignoreFiles.map((file) => pathWithin(this.root, file));
    const paths = hint.paths.filter((path) => rulePaths.includes(path) || !this.skipsFolder(path));
    return paths.length === 0 ? undefined : { paths };
  }

  /** Whether the ignore file is another one than at the last reading. */
  async rulesChanged(): Promise<boolean> {
    return (await readIgnore(this.#dockerfile, this.root)).text !== this.#ignore.text;
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

  #prove(snapshot: FolderNode, ignore: Ignore, since: bigint, signal: AbortSignal | undefined): Promise<Proof> {
    const { root } = this;
    const order = { root, dockerfile: this.#dockerfile, rules: ignore.content, tree: treeBytes(snapshot), since };
    return this.#prover.prove(order, signal);
  }

  #isExcluded(file: Path): boolean {
    try {
      return this.#rules.excludes(file);
    } catch {
      return false;
    }
  }

  #ruleOf(path: Path): string {
    const rule = this.#rules.verdictOn(path)?.rule;
    return rule === undefined ? '' : `${toDisplay(rule.text)} (line ${rule.line})`;
  }

  /** The ignore file is read at every reading, so that a snapshot follows one version of it. */
  async #refreshRules(signal: AbortSignal | undefined): Promise<boolean> {
    let ignore = await readIgnore(this.#dockerfile, this.root);
    if (ignore.text === this.#ignore.text) return false;
    if (ignore.text === '') {
      // Between two steps of a save there may be nothing: everything that it excludes would be sent.
      await delay(clientLimits.ignoreGone, signal);
      ignore = await readIgnore(this.#dockerfile, this.root);
      if (ignore.text === this.#ignore.text) return false;
    }
    this.#rules = parseIgnore(ignore);
    this.#ignore = ignore;
    this.#scanner.setFilter(this.#rules, ignore.text);
    return true;
  }
}

interface Found {
  readonly id: Digest;
  readonly root: string;
  readonly dockerfile: string | undefined;
  readonly ignore: Ignore;
  readonly ignoreFiles: readonly string[];
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

function parseIgnore(ignore: Ignore): IgnoreRules {
  return ignore.content.length === 0 ? IgnoreRules.none : IgnoreRules.parse(ignore.content);
}
