/**
 * Writes the members of an archive below a folder that is ours alone, and trusts none of them: a result was made by a
 * build that may have run anything.
 *
 * Every path is checked; a folder on the way was made here and is a folder; a link is made as it is and never followed.
 * What is no file, folder or link is refused, and files lose the bits that would run them as somebody else.
 */
import { open, chmod, link, lutimes, mkdir, symlink, utimes } from 'node:fs/promises';
import type { ByteString } from '../../base/bytes.ts';
import { toBytes, toDisplay } from '../../base/bytes.ts';
import { PresyncError } from '../../base/errors.ts';
import type { Path } from '../../context/path.ts';
import { parentPath, pathProblem } from '../../context/path.ts';
import type { TarHeader } from '../archive/tarHeader.ts';
import type { TarMember } from '../archive/tarReader.ts';
import { clientLimits } from '../limits.ts';
import { namePlatformProblem } from './platformNames.ts';

type Made = 'directory' | 'file' | 'symlink';

export class TreeWriter {
  readonly #root: Buffer;
  readonly #made = new Map<Path, Made>();
  readonly #directories = new Map<Path, Pick<TarHeader, 'mode' | 'mtime'>>();
  readonly #stripped: Path[] = [];

  constructor(root: string) {
    this.#root = Buffer.from(`${root}/`);
  }

  /** Paths whose setuid, setgid or sticky bits were left out. */
  get stripped(): readonly Path[] {
    return this.#stripped;
  }

  /** OUTPUT_UNSAFE for a member that has no place below the folder; LIMIT; and the system's own errors. */
  async add({ header, content }: TarMember): Promise<void> {
    const path = cleaned(header.name);
    if (path === '') return; // the root itself
    if (this.#made.size >= clientLimits.outputEntries) throw new PresyncError('LIMIT', 'A result has too many files.');
    await this.#makeParents(path);
    const before = this.#made.get(path);
    if (header.kind === 'directory' && before === 'directory') return void this.#directories.set(path, header);
    if (before !== undefined) throw unsafe(header.name, 'comes twice');
    await this.#make(path, header, content);
  }

  /** Gives folders their modes and times, from the bottom up: until here they had to be writable. */
  async finish(): Promise<void> {
    const deepestFirst = [...this.#directories].sort(([a], [b]) => depth(b) - depth(a));
    for (const [path, { mode, mtime }] of deepestFirst) {
      await chmod(this.#place(path), mode & 0o777);
      await utimes(this.#place(path), seconds(mtime), seconds(mtime));
    }
  }

  async #make(path: Path, header: TarHeader, content: TarMember['content']): Promise<void> {
    const place = this.#place(path);
    switch (header.kind) {
      case 'directory':
        await this.#makeDirectory(path, header);
        return;
      case 'file':
        await writeWhole(place, content());
        if ((header.mode & 0o7000) !== 0) this.#stripped.push(path);
        await chmod(place, header.mode & 0o777);
        await utimes(place, seconds(header.mtime), seconds(header.mtime));
        break;
      case 'symlink':
        if (header.linkName === '') throw unsafe(header.name, 'is a link to nothing');
        await symlink(Buffer.from(toBytes(header.linkName)), place);
        await lutimes(place, seconds(header.mtime), seconds(header.mtime));
        break;
      case 'hardlink': {
        const target = cleaned(header.linkName);
        if (this.#made.get(target) !== 'file')
          throw unsafe(header.name, 'is a second name for what is no file of the result');
        await link(this.#place(target), place);
        break;
      }
      case 'device':
      case 'fifo':
        throw unsafe(header.name, 'is neither a file nor a folder nor a link');
    }
    this.#made.set(path, header.kind === 'symlink' ? 'symlink' : 'file');
  }

  /** Archives may leave folders out. What stands in a folder's place must be one: a link would lead elsewhere. */
  async #makeParents(path: Path): Promise<void> {
    const parent = parentPath(path);
    if (parent === '') return;
    const made = this.#made.get(parent);
    if (made === 'directory') return;
    if (made !== undefined) throw unsafe(path, `leads through "${toDisplay(parent)}", which is a ${made}`);
    await this.#makeParents(parent);
    await this.#makeDirectory(parent, { mode: 0o755, mtime: BigInt(Date.now()) * 1_000_000n });
  }

  async #makeDirectory(path: Path, { mode, mtime }: Pick<TarHeader, 'mode' | 'mtime'>): Promise<void> {
    await mkdir(this.#place(path), 0o700);
    this.#made.set(path, 'directory');
    this.#directories.set(path, { mode, mtime });
  }

  #place(path: Path): Buffer {
    return Buffer.concat([this.#root, toBytes(path)]);
  }
}

/** The path of a member: relative, without '.' and a slash at the end. OUTPUT_UNSAFE for anything that could lead out. */
function cleaned(name: ByteString): Path {
  const path = name.replace(/^(?:\.\/+)*\.?(?=\/*$)|^(?:\.\/+)+/, '').replace(/\/+$/, '') as Path;
  if (path === '' && !name.startsWith('/')) return path;
  const problem = pathProblem(path) ?? namePlatformProblem(path, process.platform);
  if (problem !== undefined) throw unsafe(name, problem);
  return path;
}

function unsafe(name: ByteString, why: string): PresyncError {
  return new PresyncError('OUTPUT_UNSAFE', `"${toDisplay(name)}" in the result ${why}.`, {
    hint: 'Nothing was written. Look at what the build makes, or export it as an archive: type=tar,dest=FILE.',
  });
}

async function writeWhole(place: Buffer, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(place, 'wx', 0o600);
  try {
    for await (const piece of content) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

function depth(path: Path): number {
  return path.split('/').length;
}

/** Node takes times as seconds only, and so loses the last digits of the nanoseconds. */
function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n) / 1e6;
}
