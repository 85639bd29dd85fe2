import { describe, expect, it } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { fromText } from '../../../src/base/bytes.ts';
import { goMode } from '../../../src/builder/diffcopy/goMode.ts';
import {
  dataHeader,
  errorPacket,
  finPacket,
  lastStat,
  statLimit,
  writeStat,
} from '../../../src/builder/diffcopy/packets.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Entry, FileEntry } from '../../../src/context/entry.ts';
import type { Path } from '../../../src/context/path.ts';
import { makeDirectory } from '../../../src/context/snapshot.ts';

const file = (details: Partial<FileEntry> = {}): FileEntry => ({
  kind: 'file',
  name: fromText('f'),
  mode: 0o644,
  mtime: 0n,
  size: 0,
  digest: digestOf(Buffer.alloc(0)),
  chunks: undefined,
  ...details,
});

const link = (target: string, mtime = 0n): Entry => ({
  kind: 'symlink',
  name: fromText('l'),
  mtime,
  target: target as ByteString,
});

const directory = (mode = 0o755, mtime = 0n): Entry =>
  makeDirectory({ kind: 'directory', name: fromText('d'), mode, mtime }, []);

/** The packet without its gRPC header, in hex. */
function stat(path: string, entry: Entry): string {
  const target = Buffer.alloc(statLimit(path as Path, entry) + 10);
  const end = writeStat(target, 10, path as Path, entry);
  expect(target.readUInt8(10)).toBe(0);
  expect(target.readUInt32BE(11)).toBe(end - 15);
  return target.subarray(15, end).toString('hex');
}

describe('STAT packets', () => {
  it('hold path, mode, size and mtime of a file', () => {
    // stat(2) len; path(1) "a/b"; mode(2) 0644 = 420; size(5) 300; mtime(6) 5
    expect(stat('a/b', file({ size: 300, mtime: 5n }))).toBe('120d' + '0a03612f62' + '10a403' + '28ac02' + '3005');
  });

  it('leave out what is zero', () => {
    expect(stat('e', file())).toBe('1206' + '0a0165' + '10a403');
  });

  it('hold times before 1970 and names that are not UTF-8', () => {
    expect(stat('\xff\xfe', file({ mtime: -1n }))).toBe('1212' + '0a02fffe' + '10a403' + '30ffffffffffffffffff01');
  });

  it('hold no size for a directory, and the bit of Go for one', () => {
    expect(stat('d', directory(0o755, 7n))).toBe('120b' + '0a0164' + '10ed83808008' + '3007');
  });

  it('hold the length and the bytes of a link target', () => {
    expect(stat('l', link('../x\xff'))).toBe('1211' + '0a016c' + '10ff838040' + '2805' + '3a052e2e2f78ff');
  });
});

describe('modes', () => {
  it.each([
    [0o644, 0o644],
    [0o4755, 2 ** 23 + 0o755],
    [0o2755, 2 ** 22 + 0o755],
    [0o1777, 2 ** 20 + 0o777],
    [0o7000, 2 ** 23 + 2 ** 22 + 2 ** 20],
  ])('of a file: %o', (mode, expected) => {
    expect(goMode(file({ mode }))).toBe(expected);
    expect(goMode(directory(mode))).toBe(2 ** 31 + expected);
  });

  it('of a symlink is 0777', () => {
    expect(goMode(link('x'))).toBe(2 ** 27 + 0o777);
  });
});

describe('other packets', () => {
  it('are framed', () => {
    expect(lastStat.toString('hex')).toBe('0000000000');
    expect(finPacket.toString('hex')).toBe('0000000002' + '0803');
    expect(errorPacket('no').toString('hex')).toBe('0000000006' + '0804' + '22026e6f');
    expect(dataHeader(0, 0).toString('hex')).toBe('0000000002' + '0802');
    expect(dataHeader(300, 0).toString('hex')).toBe('0000000005' + '0802' + '18ac02');
    // The content's 200 bytes count for the frame but come separately.
    expect(dataHeader(1, 200).toString('hex')).toBe('00000000cf' + '0802' + '1801' + '22c801');
  });
});
