import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { idOf } from '../../../src/client/privateFile.ts';
import { bundleBeforeAll, startChild } from '../../support/bundledChild.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const disk = vi.hoisted(() => ({ refusesLinks: false, writesSlowly: false }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const refused = () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
  const link = (from: string, to: string) => (disk.refusesLinks ? refused() : real.link(from, to));
  const writeFile = async (file: string, data: string, options: object) => {
    if (!disk.writesSlowly) return real.writeFile(file, data, options);
    await real.writeFile(file, '', options);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await real.writeFile(file, data);
  };
  return { ...real, link, writeFile };
});

const child = bundleBeforeAll('idChild');
let folder: string;
let file: string;

beforeEach(() => {
  Object.assign(disk, { refusesLinks: false, writesSlowly: false });
  folder = join(temporaryFolder(), 'new');
  file = join(folder, 'id');
});

describe('a private id', () => {
  test('is made at its first use, for this user alone, and stays', async () => {
    const id = await idOf(file);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await idOf(file)).toBe(id);
    expect([statSync(folder).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readdirSync(folder)).toEqual(['id']);
  });

  test('is one for all processes that use it first at once', async () => {
    const children = Array.from({ length: 4 }, () => startChild(child, [folder, '200']));
    await Promise.all(children.map(({ firstLine }) => firstLine));
    for (const { process } of children) process.stdin!.end();
    await Promise.all(children.map(({ ended }) => ended));
    const kept = Array.from({ length: 200 }, (_, index) => readFileSync(join(folder, String(index)), 'utf8'));
    for (const { lines } of children) expect(lines.slice(1)).toEqual(kept);
    expect(readdirSync(folder)).toHaveLength(200);
  });

  test('is one for all who use it first while it is written', async () => {
    disk.writesSlowly = true;
    const early = idOf(file);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await idOf(file)).toBe(await early);
    expect(readdirSync(folder)).toEqual(['id']);
  });

  test.each(['', 'half'])('is made anew where the file was spoiled: %j', async (content) => {
    mkdirSync(folder);
    writeFileSync(file, content);
    const id = await idOf(file);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await idOf(file)).toBe(id);
    expect(readdirSync(folder)).toEqual(['id']);
  });

  test('is kept where hard links cannot be made', async () => {
    disk.refusesLinks = true;
    const id = await idOf(file);
    expect(await idOf(file)).toBe(id);
    expect(readdirSync(folder)).toEqual(['id']);
  });

  test('cannot be kept where a folder has its name', async () => {
    mkdirSync(file, { recursive: true });
    await expect(idOf(file)).rejects.toMatchObject({ code: 'STORE_IO' });
  });
});
