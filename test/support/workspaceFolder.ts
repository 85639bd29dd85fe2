import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fromText, toText } from '../../src/base/bytes.ts';
import type { Path } from '../../src/context/path.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { walk } from '../../src/context/snapshot.ts';
import type { ContextFilter } from '../../src/workspace/contextFilter.ts';
import { includeAll } from '../../src/workspace/contextFilter.ts';
import type { Scouts } from '../../src/workspace/scanner.ts';
import { ContextScanner } from '../../src/workspace/scanner.ts';

/** A folder of a test's own, with what is needed to scan it. */
export class WorkspaceFolder {
  readonly root: string;
  readonly cachePath: string;

  constructor(files: Readonly<Record<string, string>> = {}, parent = tmpdir()) {
    const scratch = realpathSync(mkdtempSync(join(parent, 'presync-workspace-')));
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
    this.root = join(scratch, 'root');
    this.cachePath = join(scratch, 'cache');
    mkdirSync(this.root);
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  at(path: string): string {
    return join(this.root, path);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), content);
  }

  /** A scanner as a new process would have it. */
  scanner(filter: ContextFilter = includeAll, filterKey = '', scouts?: Scouts): ContextScanner {
    return new ContextScanner({ root: this.root, filter, filterKey, cachePath: this.cachePath, scouts });
  }

  /** The folder as a scanner without any memory sees it. */
  async fresh(filter: ContextFilter = includeAll): Promise<Snapshot> {
    const scanner = new ContextScanner({ root: this.root, filter, filterKey: '', cachePath: undefined });
    return (await scanner.scan()).snapshot;
  }
}

/**
 * Where a file that has changed just now is not read at once: Linux' tmpfs does not tell when a write is over. A test
 * can do something meanwhile.
 */
export const unhurried = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The paths of a snapshot, as text. */
export function pathsOf(snapshot: Snapshot): string[] {
  return [...walk(snapshot)].map(([path]) => toText(path) ?? `bytes ${Buffer.from(path, 'latin1').toString('hex')}`);
}

export function paths(...texts: readonly string[]): Path[] {
  return texts.map((text) => fromText(text));
}
