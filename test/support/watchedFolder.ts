import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import type { Path } from '../../src/context/path.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { ContextWatcher } from '../../src/workspace/contextWatcher.ts';
import type { ContextScanner } from '../../src/workspace/scanner.ts';
import type { WatchBackend } from '../../src/workspace/watchBackend.ts';
import type { WorkspaceFolder } from './workspaceFolder.ts';

/** A folder that is watched and scanned as the product does it: hints are gathered, and a rescan follows a barrier. */
export class WatchedFolder {
  readonly watcher: ContextWatcher;
  readonly #scanner: ContextScanner;
  readonly #hints = new Set<Path>();
  #skipped: ReadonlySet<Path> = new Set();
  everything: string | undefined;

  private constructor(folder: WorkspaceFolder, backends: readonly WatchBackend[], skipped: readonly string[]) {
    this.skip(skipped);
    this.#scanner = folder.scanner();
    this.watcher = new ContextWatcher({
      backends,
      root: folder.root,
      skipsFolder: (path) => this.#skipped.has(path),
      cookieDirectory: join(folder.root, '..', 'cookies'),
    });
    this.watcher.onDidChange((hint) => {
      if ('everything' in hint) this.everything = hint.why;
      else for (const path of hint.paths) this.#hints.add(path);
    });
    onTestFinished(() => this.watcher.dispose());
  }

  /** Watched and scanned once. */
  static async of(
    folder: WorkspaceFolder,
    backends: readonly WatchBackend[],
    skipped: readonly string[] = [],
  ): Promise<WatchedFolder> {
    const watched = new WatchedFolder(folder, backends, skipped);
    await watched.watcher.ready;
    await watched.#scanner.scan();
    return watched;
  }

  static unscanned(folder: WorkspaceFolder, backends: readonly WatchBackend[]): WatchedFolder {
    return new WatchedFolder(folder, backends, []);
  }

  /** Folders that are skipped from now on, and no others. */
  skip(paths: readonly string[]): void {
    this.#skipped = new Set(paths.map((path) => fromText(path)));
  }

  /** The snapshot after a look at everything. */
  async scan(): Promise<Snapshot> {
    return (await this.#scanner.scan()).snapshot;
  }

  /** What was hinted at since the last call. */
  takeHints(): string[] {
    const hints = [...this.#hints].sort();
    this.#hints.clear();
    this.everything = undefined;
    return hints;
  }

  /** The snapshot after a barrier, from hints alone. */
  async sync(): Promise<Snapshot> {
    await this.watcher.barrier();
    const { everything } = this;
    const hints = this.takeHints() as Path[];
    return (everything === undefined ? await this.#scanner.rescan(hints) : await this.#scanner.scan()).snapshot;
  }
}
