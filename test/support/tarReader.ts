import type { ByteString } from '../../src/base/bytes.ts';
import { fromBytes } from '../../src/base/bytes.ts';

/** One member of a tar archive. Names are bytes; `mtime` is in seconds, as image layers keep it. */
export interface TarEntry {
  readonly path: ByteString;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly linkTarget: ByteString;
  readonly data: Uint8Array;
}

const blockSize = 512;
const types: Record<string, TarEntry['type']> = {
  '0': 'file',
  '\0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
};

/**
 * The members of a tar archive held in memory: ustar with PAX records ('x') and GNU long names ('L', 'K'), which is what
 * Docker writes. Data are views of the archive.
 */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  let extra = new Map<string, ByteString>();
  for (let at = 0; at + blockSize <= archive.length;) {
    const header = archive.subarray(at, at + blockSize);
    if (header[0] === 0) return;
    const size = Number(extra.get('size') ?? octal(header, 124, 12));
    const data = archive.subarray(at + blockSize, at + blockSize + size);
    if (data.length < size) throw new Error('The archive ends within a member.');
    at += blockSize + Math.ceil(size / blockSize) * blockSize;

    const flag = String.fromCharCode(header[156]!);
    if (flag === 'x') extra = new Map([...extra, ...paxRecords(data)]);
    else if (flag === 'L') extra.set('path', text(data, 0, data.length));
    else if (flag === 'K') extra.set('linkpath', text(data, 0, data.length));
    else if (flag !== 'g') {
      yield entry(header, flag, data, extra);
      extra = new Map();
    }
  }
}

function entry(header: Uint8Array, flag: string, data: Uint8Array, extra: Map<string, ByteString>): TarEntry {
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  const path = extra.get('path') ?? (prefix === '' ? name : `${prefix}/${name}`);
  return {
    path: path.replace(/^\.?\//, '').replace(/\/$/, '') as ByteString,
    type: types[flag] ?? 'other',
    mode: octal(header, 100, 8),
    uid: Number(extra.get('uid') ?? octal(header, 108, 8)),
    gid: Number(extra.get('gid') ?? octal(header, 116, 8)),
    mtime: Math.floor(Number(extra.get('mtime') ?? octal(header, 136, 12))),
    linkTarget: extra.get('linkpath') ?? text(header, 157, 100),
    data,
  };
}

/** PAX records: `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record. */
function paxRecords(data: Uint8Array): Map<string, ByteString> {
  const records = new Map<string, ByteString>();
  let rest = fromBytes(data) as string;
  while (rest.includes(' ')) {
    const length = Number(rest.slice(0, rest.indexOf(' ')));
    const record = rest.slice(rest.indexOf(' ') + 1, length - 1);
    records.set(record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1) as ByteString);
    rest = rest.slice(length);
  }
  return records;
}

/** A field up to its first NUL. */
function text(bytes: Uint8Array, start: number, length: number): ByteString {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return fromBytes(end < 0 ? field : field.subarray(0, end));
}

function octal(bytes: Uint8Array, start: number, length: number): number {
  // Sizes from 8 GiB on would be binary; no test comes near.
  return parseInt(text(bytes, start, length).trim() || '0', 8);
}
