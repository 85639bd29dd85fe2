import { gzipSync } from 'node:zlib';
import { expect, it, test } from 'vitest';
import { isArchive } from '../../../../src/client/archive/archiveKind.ts';
import { tarArchive } from '../../../support/tarWriter.ts';

const archive = tarArchive([{ name: 'Dockerfile', data: Buffer.from('FROM scratch') }]);

test.each<[string, Uint8Array, boolean]>([
  ['a tar archive', archive.subarray(0, 512), true],
  ['one in gzip', gzipSync(archive), true],
  ['one in bzip2', Buffer.from('BZh91AY&SY'), true],
  ['one in xz', Buffer.from('fd377a585a000004', 'hex'), true],
  ['a Dockerfile', Buffer.from('FROM scratch\n'), false],
  ['a long Dockerfile', Buffer.from('FROM scratch\n'.repeat(100)).subarray(0, 512), false],
  ['half a header', archive.subarray(0, 300), false],
  ['nothing', new Uint8Array(), false],
])('%s is told by its beginning', (_name, head, expected) => {
  expect(isArchive(head)).toBe(expected);
});

it('what no build can use is an error', () => {
  const invalid: unknown = expect.objectContaining({ code: 'ARCHIVE_INVALID' });
  expect(() => isArchive(Buffer.from('28b52ffd', 'hex'))).toThrow(invalid);
  expect(() => isArchive(Buffer.alloc(512))).toThrow(invalid);
});
