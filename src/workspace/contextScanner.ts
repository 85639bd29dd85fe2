import type { ByteString } from '../base/bytes.ts';
import { cancelled, errorMessage, PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { silentLogger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import type { Path } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { loadCache, saveCache } from './cacheFile.ts';
import type { ContextFilter } from './contextFilter.ts';
import type { FolderIdentity } from './contextFolder.ts';
import { closedContext, identifyContext, replacedContext, sameFolder } from './contextFolder.ts';
import { clockErrorOf, nowNs } from './fileTimes.ts';
import type { FolderNode } from './folderNode.ts';
import { Pacer } from './pacer.ts';
import { readChunk } from './readChunk.ts';
import { ContentReader } from './readFile.ts';
import { nativePath } from './safeOpen.ts';
import type { Scope } from './scope.ts';
import { everything, HintScope } from './scope.ts';
import { walkTree } from './treeWalk.ts';

export interface ScannerOptions {
  /** The context's folder: absolute and canonical, as `locateContext` returns it. */
  readonly root: ByteString;
  readonly filter: ContextFilter;
  /**
   * Names the filter's rules: equal keys promise equal verdicts. With a key the verdicts of an earlier scan or process
   * are used again, without one every path is judged by every scan.
   */
  readonly filterKey?: string | undefined;
  /** Where the stat cache lies, in a folder of ours; undefined for none. */
  readonly cachePath?: string | undefined;
  readonly logger?: Logger;
}

export interface ScanResult {
  /** Shares every unchanged folder with the result before. Its children are made when they are first asked for. */
  readonly snapshot: Snapshot;
  /** Of the whole context, in no particular order. */
  readonly problems: readonly Problem[];
  /** The folder that was scanned: another one than before means that the context was replaced or is not mounted. */
  readonly folder: FolderIdentity;
}

/**
 * Reads one context's folder into snapshots.
 *
 * What is in a snapshot is proved by stat: content is read again only where a file's stat key has changed. Operations
 * run one after the other; each gives the event loop back every few milliseconds. A file that cannot be read becomes a
 * Problem; an operation rejects with CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY or CONTEXT_UNREADABLE when the folder
 * itself is gone or closed to us, with IGNORE_PATTERN when the filter does, and with CANCELLED.
 */
export class ContextScanner {
  readonly #root: ByteString;
  readonly #cachePath: string | undefined;
  readonly #logger: Logger;
  #rules: Rules & { readonly filter: ContextFilter };
  #tree: FolderNode | undefined;
  /** What the tree was judged by; undefined for one that has to be judged anew. */
  #judgedBy: Rules | undefined;
  /** The folder that the tree is of; undefined for a tree from the cache. */
  #folder: FolderIdentity | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ root, filter, filterKey, cachePath, logger = silentLogger }: ScannerOptions) {
    this.#root = root;
    this.#cachePath = cachePath;
    this.#logger = logger;
    this.#rules = { filter, key: filterKey };
  }

  /** Looks at everything. What was on disk throughout the call is in the snapshot. */
  scan(signal: AbortSignal): Promise<ScanResult> {
    return this.#enqueue(() => this.#run(everything, signal));
  }

  /**
   * Looks at `paths` only: a file, link or folder at such a path, new, changed or gone; of a folder that was there
   * before just its own listing, of a new one everything. Costs their depth and their siblings. The first time, and
   * after `setFilter`, it is a full scan.
   */
  rescan(paths: Iterable<Path>, signal: AbortSignal): Promise<ScanResult> {
    const scope = HintScope.of(paths);
    return this.#enqueue(() => this.#run(scope, signal));
  }

  /** What the next operation filters by; see `ScannerOptions` for the key. */
  setFilter(filter: ContextFilter, filterKey?: string): void {
    this.#rules = { filter, key: filterKey };
  }

  /** Writes the stat cache. A failure is logged and costs only time, at the next start. */
  async saveCache(): Promise<void> {
    const tree = this.#tree;
    if (tree === undefined || this.#cachePath === undefined) return;
    try {
      await saveCache(this.#cachePath, { tree, filterKey: this.#judgedBy?.key });
    } catch (error) {
      this.#logger.warn('The stat cache was not written.', { reason: errorMessage(error) });
    }
  }

  /**
   * `size` bytes from `offset` of the file at `path`, for sending. CONTEXT_BUSY when they are not, or not any more,
   * the ones with the digest `expected`: then a rescan of the path is due.
   */
  readChunk(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array> {
    return Promise.resolve().then(() => readChunk(this.#root, path, offset, size, expected));
  }

  async #run(wanted: Scope, signal: AbortSignal): Promise<ScanResult> {
    if (signal.aborted) throw cancelled(signal.reason);
    const rules = this.#rules;
    const folder = identifyContext(this.#root);
    this.#load();
    const verdictsHold = this.#judgedBy !== undefined && sameRules(rules, this.#judgedBy);
    const known = this.#folder !== undefined && sameFolder(folder, this.#folder);
    const tree = await this.#walk(rules.filter, verdictsHold, known && verdictsHold ? wanted : everything, signal);
    // A folder that was deleted meanwhile looked empty; that must not be taken for an empty context.
    if (!sameFolder(folder, identifyContext(this.#root))) throw replacedContext(this.#root);
    this.#tree = tree;
    this.#judgedBy = rules;
    this.#folder = folder;
    return { snapshot: tree, problems: [...tree.problems()], folder };
  }

  async #walk(filter: ContextFilter, verdictsHold: boolean, scope: Scope, signal: AbortSignal): Promise<FolderNode> {
    const pacer = new Pacer(signal);
    const reader = new ContentReader(pacer);
    const root = this.#root;
    try {
      const clockError = clockErrorOf(nativePath(root));
      const walk = { root, filter, verdictsHold, signal, pacer, reader, start: nowNs(), clockError };
      return await walkTree(walk, this.#tree, scope);
    } catch (error) {
      throw systemErrorCode(error) === undefined || error instanceof PresyncError ? error : closedContext(root, error);
    }
  }

  #load(): void {
    if (this.#tree !== undefined || this.#cachePath === undefined) return;
    const cache = loadCache(this.#cachePath);
    this.#tree = cache?.tree;
    // No key stands for no promise: those verdicts are not used again.
    if (cache?.filterKey !== undefined) this.#judgedBy = { filter: undefined, key: cache.filterKey };
  }

  #enqueue<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => {});
    return result;
  }
}

interface Rules {
  /** Undefined where only the key is known. */
  readonly filter: ContextFilter | undefined;
  readonly key: string | undefined;
}

function sameRules(a: Rules, b: Rules): boolean {
  return (a.filter !== undefined && a.filter === b.filter) || (a.key !== undefined && a.key === b.key);
}
