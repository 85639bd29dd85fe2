import type { ByteString } from '../base/bytes.ts';
import type { Path } from '../context/path.ts';
import { SafeFolder } from './safeOpen.ts';

/** A folder that is opened when something in it is to be read, and no sooner. */
export class OpenedFolder {
  readonly path: Path;
  readonly #root: ByteString;
  #folder: SafeFolder | undefined;

  constructor(root: ByteString, path: Path) {
    this.#root = root;
    this.path = path;
  }

  get folder(): SafeFolder {
    return (this.#folder ??= SafeFolder.open(this.#root, this.path));
  }

  close(): void {
    this.#folder?.close();
    this.#folder = undefined;
  }
}
