/**
 * The 512-byte headers of tar archives: ustar (POSIX.1-1988), PAX records (POSIX.1-2001) and GNU's long names and large
 * numbers. Names are bytes.
 */
import type { ByteString } from '../../base/bytes.ts';
import { fromBytes } from '../../base/bytes.ts';
import { PresyncError } from '../../base/errors.ts';

export const tarBlock = 512;

export type TarKind = 'file' | 'hardlink' | 'symlink' | 'directory' | 'device' | 'fifo';

export interface TarHeader {
  readonly kind: TarKind;
  /** As the archive has it: neither cleaned nor checked. */
  readonly name: ByteString;
  /** The twelve low bits. */
  readonly mode: number;
  /** Bytes of content that follow. */
  readonly size: number;
  /** Nanoseconds since 1970. */
  readonly mtime: bigint;
  /** Of links, as the archive has it. */
  readonly linkName: ByteString;
}

/** What a header says by itself; the type decides what it is about. */
export interface RawHeader extends Omit<TarHeader, 'kind'> {
  readonly type: string;
}

/** Values of PAX records and long names, which take the place of the header's own. */
export type Overrides = ReadonlyMap<string, ByteString>;

const kinds: Readonly<Record<string, TarKind>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
};

/** Undefined for a block of zeros, which ends an archive. ARCHIVE_INVALID. */
export function parseHeader(block: Uint8Array): RawHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  checkSum(block);
  const magic = text(block, 257, 6);
  const prefix = magic === 'ustar' ? text(block, 345, 155) : ('' as ByteString);
  const name = text(block, 0, 100);
  return {
    type: String.fromCharCode(block[156]!),
    name: (prefix === '' ? name : `${prefix}/${name}`) as ByteString,
    mode: Number(number(block, 100, 8)) & 0o7777,
    size: safe(number(block, 124, 12)),
    mtime: number(block, 136, 12) * 1_000_000_000n,
    linkName: text(block, 157, 100),
  };
}

/** The header of a member with what PAX and GNU said before it. ARCHIVE_INVALID for a kind that is not known. */
export function complete(raw: RawHeader, overrides: Overrides): TarHeader {
  for (const key of overrides.keys()) if (key.startsWith('GNU.sparse.')) throw invalid('has sparse files');
  const named = overrides.get('path') ?? raw.name;
  // Old archives have folders whose only mark is the slash behind their name.
  const kind = raw.type !== '5' && kinds[raw.type] === 'file' && named.endsWith('/') ? 'directory' : kinds[raw.type];
  if (kind === undefined) throw invalid(`has a member of the unknown type "${raw.type}"`);
  const { mode, size, mtime, linkName } = raw;
  return {
    kind,
    name: named,
    mode,
    size: overrides.has('size') ? safe(decimal(overrides.get('size')!)) : size,
    mtime: overrides.has('mtime') ? nanoseconds(overrides.get('mtime')!) : mtime,
    linkName: overrides.get('linkpath') ?? linkName,
  };
}

/** PAX records: `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record. ARCHIVE_INVALID. */
export function paxRecords(data: Uint8Array): Map<string, ByteString> {
  const records = new Map<string, ByteString>();
  let rest = fromBytes(data) as string;
  while (rest !== '') {
    const [head = '', digits = ''] = /^(\d{1,7}) /.exec(rest) ?? [];
    const record = rest.slice(head.length, Number(digits) - 1);
    const equals = record.indexOf('=');
    if (digits === '' || rest[Number(digits) - 1] !== '\n' || equals <= 0) throw invalid('has a broken PAX record');
    records.set(record.slice(0, equals), record.slice(equals + 1) as ByteString);
    rest = rest.slice(Number(digits));
  }
  return records;
}

/** The text before the first NUL. */
export function cutAtNul(bytes: Uint8Array): ByteString {
  const end = bytes.indexOf(0);
  return fromBytes(end < 0 ? bytes : bytes.subarray(0, end));
}

export function invalid(why: string): PresyncError {
  return new PresyncError('ARCHIVE_INVALID', `The tar archive ${why}.`, { hint: 'Make it anew, and whole.' });
}

function text(block: Uint8Array, start: number, length: number): ByteString {
  return cutAtNul(block.subarray(start, start + length));
}

/** Octal digits, or with the highest bit set a big-endian number of two's complement. */
function number(block: Uint8Array, start: number, length: number): bigint {
  const field = block.subarray(start, start + length);
  if (field[0]! & 0x80) {
    const digits = Buffer.from(field).toString('hex').replace(/^8/, '0');
    return BigInt.asIntN(length * 8 - 1, BigInt(`0x${digits}`));
  }
  const octal = cutAtNul(field).trim();
  if (octal === '') return 0n;
  if (!/^[0-7]+$/.test(octal)) throw invalid('has a number that is none');
  return BigInt(`0o${octal}`);
}

function decimal(value: string): bigint {
  if (!/^-?\d{1,20}$/.test(value)) throw invalid('has a number that is none');
  return BigInt(value);
}

/** Seconds with an optional fraction. */
function nanoseconds(value: string): bigint {
  const [, sign, seconds, fraction = ''] = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(value) ?? [];
  if (seconds === undefined) throw invalid('has a time that is none');
  const magnitude = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

function safe(size: bigint): number {
  if (size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid('has a member of an impossible size');
  return Number(size);
}

/** The sum of all bytes, with spaces in the place of the sum itself. */
function checkSum(block: Uint8Array): void {
  let sum = 8 * 0x20;
  for (let i = 0; i < tarBlock; i++) if (i < 148 || i >= 156) sum += block[i]!;
  if (number(block, 148, 8) !== BigInt(sum)) throw invalid('is damaged, or is no tar archive');
}
