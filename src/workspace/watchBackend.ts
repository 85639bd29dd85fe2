/** What the watching of a context needs of a library that watches folders. */
import type { ByteString } from '../base/bytes.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Path } from '../context/path.ts';
import type { FolderIdentity } from './fileTimes.ts';

export interface TreeOptions {
  /** Canonical and absolute. */
  readonly root: ByteString;
  /** Whether nothing below a folder is to be watched. */
  skipsFolder(path: Path): boolean;
  /** Of a folder: it and everything below it. */
  changed(path: Path): void;
  /** So much happened that events may have been lost. */
  lost(): void;
  /** Watching does not work (any more), or not for this tree. */
  failed(error: unknown): void;
  /** A directory of our own, which is watched as well, and exists. */
  readonly cookieDirectory: string;
  /** A file of this name was made there. */
  cookie(name: string): void;
}

/**
 * The watches of a whole context. Whatever happens in it after `settled` is told; a folder that appears is watched down
 * to its last descendant, and told as changed once it is, since its files may have changed before.
 */
export interface WatchedTree extends Disposable {
  /** Whether the root is still the folder that is watched. */
  readonly rootIsThere: boolean;
  /** Folders that have to be looked at to know whether they changed. */
  readonly blind: readonly Path[];
  /** Resolves when all that was found so far, and all below it, is watched. */
  settled(): Promise<void>;
  /** After a cookie was told: resolves when everything is told that happened before it. */
  caughtUp(signal?: AbortSignal): Promise<void>;
  /** Cookies do not arrive: watches their directory anew. */
  watchCookies(): void;
  /** Looks for folders that are to be watched by now: the rules may be others. */
  reconsiderSkipped(): void;
  /** Looks for folders whose events were lost. */
  refresh(): void;
}

export interface WatchBackend {
  readonly name: string;
  watchTree(options: TreeOptions, identity: FolderIdentity): WatchedTree;
}
