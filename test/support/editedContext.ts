import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DockerApi } from './dockerApi.ts';
import { diskTree, withoutTimes } from './diskTree.ts';
import { imageTree } from './imageTree.ts';
import type { SeededRandom } from './seededRandom.ts';
import { treeDifferences } from './treeDifferences.ts';

/** A context that is edited again and again, in all the ways in which people and tools change a tree. */
export class EditedContext {
  readonly root: string;
  readonly #random: SeededRandom;
  #edits = 0;

  constructor(root: string, random: SeededRandom) {
    this.root = root;
    this.#random = random;
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY . /src\n');
    for (let i = 0; i < 30; i++) this.write(`folder${i % 5}/file${i}`, `first ${i}\n`);
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** Makes one change and says which. */
  edit(): string {
    const number = ++this.#edits;
    const kind = this.#random.pick([
      'write',
      'write',
      'same-stat',
      'replace',
      'add',
      'delete',
      'rename',
      'mode',
      'link',
      'folder',
    ] as const);
    const path = this.#random.pick(this.#files());
    const full = join(this.root, path);
    switch (kind) {
      case 'write':
        writeFileSync(full, `edit ${number}\n`);
        break;
      case 'same-stat':
        rewriteInPlace(full, number);
        break;
      case 'replace':
        // As editors save: the new content under another name, then renamed over the old.
        writeFileSync(`${full}~`, `replaced ${number}\n`);
        renameSync(`${full}~`, full);
        break;
      case 'add':
        this.write(`folder${this.#random.below(8)}/new${number}`, `new ${number}\n`);
        break;
      case 'delete':
        rmSync(full);
        this.#refill(number);
        break;
      case 'rename':
        this.write(`moved/${number}`, '');
        renameSync(full, join(this.root, `moved/${number}`));
        break;
      case 'mode':
        chmodSync(full, (lstatSync(full).mode & 0o777) === 0o644 ? 0o755 : 0o644);
        break;
      case 'link':
        rmSync(full);
        symlinkSync(`target-${number}`, full);
        this.#refill(number);
        break;
      case 'folder':
        rmSync(full);
        this.write(`${path}/inside`, `folder ${number}\n`);
        break;
    }
    return `${number}: ${kind} ${path}`;
  }

  /** How the image differs from the context on the disk as it is now. */
  async differences(api: DockerApi, image: string): Promise<string[]> {
    return treeDifferences(withoutTimes(await imageTree(api, image)), diskTree(this.root, 'src'));
  }

  /** A new file for one that went, so that there is always something to edit. */
  #refill(number: number): void {
    this.write(`refill/${number}`, `refill ${number}\n`);
  }

  #files(): string[] {
    const all = readdirSync(this.root, { recursive: true, encoding: 'utf8' }).sort();
    return all.filter((path) => path !== 'Dockerfile' && lstatSync(join(this.root, path)).isFile());
  }
}

/** Gives a file other content of the same size, and its old mtime to the nanosecond. Only ctime tells. */
export function rewriteInPlace(path: string, number: number): void {
  const size = lstatSync(path).size;
  keepingTimes(path, () => writeFileSync(path, String(number).padStart(size, '0').slice(0, size)));
}

/** Runs `change`, then sets the file's times back to what they were. Node's own calls would lose nanoseconds. */
export function keepingTimes(path: string, change: () => void): void {
  const times = join(tmpdir(), `presync-times-${process.pid}`);
  execFileSync('touch', ['-r', path, times]);
  change();
  execFileSync('touch', ['-r', times, path]);
  rmSync(times);
}
