import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { spoolArchive } from '../../../../src/client/archive/spooledArchive.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

async function* pieces(...all: readonly Uint8Array[]) {
  yield* all;
}

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for await (const piece of source) read.push(piece);
  return Buffer.concat(read);
}

it('is read as often as it is asked for, and leaves no file', async () => {
  const folder = join(temporaryFolder(), 'archives');
  const data = Buffer.alloc(700_000, 'content');
  const archive = await spoolArchive(pieces(data.subarray(0, 1000), data.subarray(1000)), folder);
  expect(readdirSync(folder)).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const both = await Promise.all([bytesOf(archive.read()), bytesOf(archive.read())]);
  expect(both.every((read) => read.equals(data))).toBe(true);
  expect(archive.sent).toBe(2 * data.length);
});

it('says where it cannot be kept', async () => {
  const home = temporaryFolder();
  writeFileSync(join(home, 'file'), '');
  await expect(spoolArchive(pieces(), join(home, 'file'))).rejects.toMatchObject({
    code: 'STORE_IO',
    message: expect.stringContaining(join(home, 'file')),
  });
});

it('fails as its source does', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a');
    throw new Error('torn');
  }
  await expect(spoolArchive(broken(), temporaryFolder())).rejects.toThrow('torn');
});
