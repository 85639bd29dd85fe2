import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBytes, fromText } from '../../../../src/base/bytes.ts';
import { PresyncError } from '../../../../src/base/errors.ts';
import type { TarHeader } from '../../../../src/client/archive/tarHeader.ts';
import { readTar } from '../../../../src/client/archive/tarReader.ts';
import { clientLimits } from '../../../../src/client/limits.ts';
import { tarArchive, tarEnd, tarMember } from '../../../support/tarWriter.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

type Read = Pick<TarHeader, 'kind'> & { readonly name: string; readonly content: string };

async function* pieces(archive: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}

async function headers(archive: Uint8Array, size?: number): Promise<TarHeader[]> {
  const all: TarHeader[] = [];
  for await (const { header } of readTar(pieces(archive, size))) all.push(header);
  return all;
}

async function read(archive: Uint8Array, size?: number): Promise<Read[]> {
  const all: Read[] = [];
  for await (const { header, content } of readTar(pieces(archive, size))) {
    let text = '';
    for await (const piece of content()) text += fromBytes(piece);
    all.push({ kind: header.kind, name: header.name, content: text });
  }
  return all;
}

/** A PAX member with these records, each `KEY=VALUE`. */
function pax(records: readonly string[], type = 'x'): Buffer {
  const lines = records.map((record) => {
    const rest = Buffer.byteLength(record, 'latin1') + 2;
    const length = rest + String(rest + String(rest).length).length;
    return `${length} ${record}\n`;
  });
  return tarMember({ name: 'pax', type, data: Buffer.from(lines.join(''), 'latin1') });
}

describe('a tar archive', () => {
  it.each([1, 7, 512, 100_000])('is read in pieces of %i bytes', async (size) => {
    const archive = tarArchive([
      { name: 'a', data: Buffer.from('content of a') },
      { name: 'empty' },
      { name: 'dir/', type: '5' },
      { name: 'big', data: Buffer.alloc(3000, 'b') },
      { name: 'link', type: '2', linkName: 'a' },
    ]);
    expect(await read(archive, size)).toEqual([
      { kind: 'file', name: 'a', content: 'content of a' },
      { kind: 'file', name: 'empty', content: '' },
      { kind: 'directory', name: 'dir/', content: '' },
      { kind: 'file', name: 'big', content: 'b'.repeat(3000) },
      { kind: 'symlink', name: 'link', content: '' },
    ]);
  });

  it('is read on when a content is left out, or left in the middle', async () => {
    const archive = tarArchive([
      { name: 'a', data: Buffer.alloc(5000) },
      { name: 'b', data: Buffer.alloc(10) },
    ]);
    const names: string[] = [];
    for await (const { header, content } of readTar(pieces(archive, 100))) {
      names.push(header.name);
      if (header.name === 'a') await content().next();
    }
    expect(names).toEqual(['a', 'b']);
  });

  it('tells modes, times and sizes as they are, of every writer', async () => {
    const folder = temporaryFolder();
    const long = `${'l'.repeat(120)}/${'n'.repeat(90)}`;
    mkdirSync(join(folder, 'l'.repeat(120)));
    writeFileSync(join(folder, long), 'long', { mode: 0o640 });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x62, 0xff, 0x61])]), 'bytes');
    symlinkSync('t'.repeat(150), join(folder, 'link'));
    execFileSync('touch', ['-d', '2001-02-03 04:05:06.789012345Z', join(folder, long)]);
    for (const format of ['gnu', 'pax', 'ustar']) {
      const names = format === 'ustar' ? [long] : ['.'];
      const archive = execFileSync('tar', ['-c', `--format=${format}`, '-C', folder, ...names]);
      const all = await headers(archive);
      const byName = new Map(all.map((header) => [header.name.replace(/^\.\//, ''), header]));
      const seconds = 981_173_106n;
      expect(byName.get(long)).toMatchObject({
        kind: 'file',
        mode: 0o640,
        size: 4,
        mtime: format === 'pax' ? seconds * 1_000_000_000n + 789_012_345n : seconds * 1_000_000_000n,
      });
      if (format === 'ustar') continue;
      expect(byName.get('b\xffa')).toMatchObject({ size: 5 });
      expect(byName.get('link')).toMatchObject({ kind: 'symlink', linkName: 't'.repeat(150) });
    }
  });

  it('may have PAX records for all, and for one', async () => {
    const archive = Buffer.concat([
      pax(['mtime=5', 'path=all'], 'g'),
      pax(['path=n\xc3\xa4me', 'linkpath=there', 'mtime=-1.5']),
      tarMember({ name: 'x', type: '2', linkName: 'y' }),
      tarMember({ name: 'z' }),
      tarEnd,
    ]);
    expect(await headers(archive)).toMatchObject([
      { name: fromText('näme'), linkName: 'there', mtime: -1_500_000_000n },
      { name: 'all', mtime: 5_000_000_000n },
    ]);
  });

  it('may say that a file is larger than a header can', async () => {
    const archive = Buffer.concat([
      pax(['size=3']),
      tarMember({ name: 'x', data: Buffer.from('abc'), size: 0 }),
      tarEnd,
    ]);
    expect(await read(archive)).toEqual([{ kind: 'file', name: 'x', content: 'abc' }]);
    const header = tarMember({ name: 'x' });
    // GNU's form for sizes from 8 GiB on: the highest bit, then a big-endian number.
    header.set([0x80, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0], 124);
    const [huge] = await headers(rechecked(header), 512).catch((thrown: unknown) => [thrown]);
    expect(huge).toMatchObject({ code: 'ARCHIVE_INVALID' });
  });

  it('may do without its end', async () => {
    expect(await read(tarMember({ name: 'x' }))).toHaveLength(1);
    expect(await read(new Uint8Array())).toEqual([]);
  });

  const member = tarMember({ name: 'x', data: Buffer.from('content') });
  it.each<[string, Uint8Array]>([
    ['is no archive', Buffer.alloc(1024, 'no tar')],
    ['has a wrong sum', Buffer.concat([Buffer.from('y'), member.subarray(1)])],
    ['ends in a header', member.subarray(0, 100)],
    ['ends in a content', member.subarray(0, 515)],
    ['ends in the padding', member.subarray(0, 1000)],
    ['has an unknown type', tarMember({ name: 'x', type: 'Z' })],
    ['has a sparse file of old', tarMember({ name: 'x', type: 'S' })],
    ['has a sparse file', Buffer.concat([pax(['GNU.sparse.major=1']), member])],
    ['has a record of 2 MiB', tarMember({ name: 'x', type: 'L', size: 2 ** 21 })],
    ['has a record that lies about its length', tarMember({ name: 'p', type: 'x', data: Buffer.from('99 a=b\n') })],
    ['has a record without a value', pax(['nothing'])],
    ['has a size that is none', rechecked(withField(member, 124, 'nonsense'))],
    ['has a negative size', rechecked(withField(member, 124, Buffer.alloc(12, 0xff)))],
    ['has a size beyond 2^53', rechecked(withField(member, 124, Buffer.from('800000000080000000000000', 'hex')))],
    ['has a time that is none', Buffer.concat([pax(['mtime=tomorrow']), member])],
  ])('that %s is refused', async (_, archive) => {
    await expect(read(archive)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
    expect(clientLimits.tarRecordBytes).toBeLessThan(2 ** 21);
  });

  it('whatever its bytes, is read or refused, and in bounds', async () => {
    const valid = tarArchive([
      { name: 'a', data: Buffer.from('x') },
      { name: 'd', type: '5' },
    ]);
    const mutated = fc
      .tuple(fc.integer({ min: 0, max: valid.length - 1 }), fc.integer({ min: 0, max: 255 }))
      .map(([at, byte]) => {
        const copy = Buffer.from(valid);
        copy[at] = byte;
        return at < 148 || at >= 156 ? rechecked(copy) : copy;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 3000 }), mutated), async (archive) => {
        await read(archive).catch((thrown: unknown) => expect(thrown).toBeInstanceOf(PresyncError));
      }),
      { seed: Number(process.env['PRESYNC_SEED'] ?? 1), numRuns: 500 },
    );
  });
});

function withField(archive: Buffer, at: number, value: string | Buffer): Buffer {
  const copy = Buffer.from(archive);
  copy.set(Buffer.from(value as string), at);
  return copy;
}

/** With the sum that the first header should have. */
function rechecked(archive: Buffer): Buffer {
  archive.fill(' ', 148, 156);
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return archive;
}
