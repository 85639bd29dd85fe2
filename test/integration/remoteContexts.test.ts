/** Main contexts that are no folder: git repositories, URLs, and archives on standard input, beside the stock CLI. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import type { ErrorCode } from '../../src/base/errors.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import type { Tree } from '../support/imageTree.ts';
import { contentOf, imageTree } from '../support/imageTree.ts';
import { file, makeTree, symlink } from '../support/madeTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { useRemoteSources } from '../support/remoteSources.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';
import { treeDifferences } from '../support/treeDifferences.ts';

const items = [
  file('Dockerfile', 'FROM scratch\nCOPY . /src\n'),
  file('other/Dockerfile', 'FROM scratch\nCOPY a /other\n'),
  file('a', 'content'),
  file('run', '#!/bin/sh', { mode: 0o755 }),
  symlink('link', 'a'),
  file('sub/Dockerfile', `FROM ${baseImage}\nCOPY b /b\nRUN cat /b > /c\n`),
  file('sub/b', 'below'),
];

/** A folder with these files. */
function made(): string {
  const folder = temporaryFolder();
  makeTree(folder, items);
  return folder;
}

const tar = (folder: string, ...flags: string[]) =>
  execFileSync('tar', ['-c', ...flags, '-C', folder, '.'], { maxBuffer: 64 << 20 });

describe.each(suites)('a context that is no folder, on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  const sources = useRemoteSources(engine);

  async function treeOf(context: string, args: readonly string[] = [], input: string | Buffer = ''): Promise<Tree> {
    const tag = temporaryTag(engine.api);
    await sandbox.build(context, { tag, noCache: true }, { args, input });
    return imageTree(engine.api, tag);
  }

  /** The same by the stock CLI. */
  async function stockTreeOf(
    context: string,
    args: readonly string[] = [],
    input: string | Buffer = '',
  ): Promise<Tree> {
    const tag = temporaryTag(engine.api);
    execFileSync(engine.cli, ['build', '--no-cache', '-t', tag, ...args, context], { input, stdio: 'pipe' });
    return imageTree(engine.api, tag);
  }

  const now = Date.now() / 1000 - 1;
  /** Apart from what the builder made at its own time. */
  const differences = (mine: Tree, stock: Tree) =>
    treeDifferences(mine, stock, (path) => stock.get(path)!.mtime >= now);

  it('git: a branch, and a Dockerfile that is not in it', async () => {
    const url = `${sources.repository('app.git', made())}#main`;
    const mine = await treeOf(url);
    expect(differences(mine, await stockTreeOf(url))).toEqual([]);
    expect([...mine.keys()]).toEqual(expect.arrayContaining(['src/a', 'src/link', 'src/sub/b']));
    expect([...(await treeOf(url, ['-f', 'other/Dockerfile'])).keys()]).toEqual(['other']);
    expect([...(await treeOf(url, ['-f', '-'], 'FROM scratch\nCOPY run /\n')).keys()]).toEqual(['run']);
    const mineAlone = join(temporaryFolder(), 'Mine');
    writeFileSync(mineAlone, 'FROM scratch\nCOPY link /x\n');
    expect([...(await treeOf(url, ['-f', mineAlone])).keys()]).toEqual(['x']);
  });

  it('git: a folder of a repository', async () => {
    const url = `${sources.repository('sub.git', made())}#main:sub`;
    if (suite === 'bookworm') {
      expect(expectError(await sandbox.tryBuild(url), 'BUILDER_UNSUPPORTED').message).toContain('Docker 20.10');
      return;
    }
    const mine = await treeOf(url);
    expect(differences(mine, await stockTreeOf(url))).toEqual([]);
    expect(mine.has(fromText('c'))).toBe(true);
  });

  it('http: an archive, and a Dockerfile', async () => {
    writeFileSync(join(sources.folder, 'app.tar.gz'), tar(made(), '-z'));
    const url = `${sources.http}/app.tar.gz`;
    const mine = await treeOf(url);
    expect(differences(mine, await stockTreeOf(url))).toEqual([]);
    expect(mine.has(fromText('src/sub/b'))).toBe(true);
    writeFileSync(join(sources.folder, 'Only'), `FROM ${baseImage}\nRUN echo hi > /hi\n`);
    const tag = temporaryTag(engine.api);
    await sandbox.build(`${sources.http}/Only`, { tag });
    expect(String(await contentOf(engine.api, tag, 'hi'))).toBe('hi\n');
  });

  it('standard input: archives as docker build - takes them, and a Dockerfile', async () => {
    const folder = made();
    const plain = tar(folder);
    const mine = await treeOf('-', [], plain);
    expect(differences(mine, await stockTreeOf('-', [], plain))).toEqual([]);
    expect(mine.has(fromText('src/link'))).toBe(true);
    for (const flag of ['-z', '-j']) expect(differences(await treeOf('-', [], tar(folder, flag)), mine)).toEqual([]);
    expect([...(await treeOf('-', ['-f', 'other/Dockerfile'], plain)).keys()]).toEqual(['other']);
    expect((await treeOf('-', [], `FROM ${baseImage}\nRUN touch /t\n`)).has(fromText('t'))).toBe(true);
  });

  it('an archive is sent as it is, and again for every result', async () => {
    const folder = temporaryFolder();
    makeTree(folder, [...items, file('large', Buffer.alloc(3_000_000, 'x'))]);
    const [tag, archive] = [temporaryTag(engine.api), tar(folder)];
    const out = join(temporaryFolder(), 'out');
    const { sent, verified } = await sandbox.build('-', { tag }, { args: ['-o', out, '--load'], input: archive });
    expect(sent.bytes).toBeGreaterThanOrEqual(archive.length);
    expect(verified).toBe(false);
    expect(execFileSync('cat', [join(out, 'src/a')], { encoding: 'utf8' })).toBe('content');
    expect(await engine.api.imageId(tag)).toBeDefined();
  });

  it.each<[string, () => string, ErrorCode, RegExp, (string | Buffer)?, string[]?]>([
    ['a host that does not answer', () => 'http://127.0.0.1:1/x.tar', 'BUILD_FAILED', /builder/],
    ['a URL with nothing behind it', () => `${sources.http}/absent.tar`, 'BUILD_FAILED', /builder/],
    ['no such ref', () => `${sources.repository('ref.git', made())}#absent`, 'BUILD_FAILED', /URL#REF/],
    ['no such repository', () => `${sources.git}/absent.git`, 'BUILD_FAILED', /builder/],
    ['a repository without a Dockerfile', () => `${sources.repository('bare.git', bare())}#main`, 'BUILD_FAILED', /-f/],
    ['nothing on standard input', () => '-', 'DOCKERFILE_EMPTY', /Pipe/],
    ['an archive without a Dockerfile', () => '-', 'BUILD_FAILED', /-f/, tar(`${import.meta.dirname}/../corpus`)],
    [
      'an archive that is cut',
      () => '-',
      'BUILD_FAILED',
      /./,
      tar(`${import.meta.dirname}/../corpus`, '-z').subarray(0, 900),
    ],
    ['an empty archive', () => '-', 'ARCHIVE_INVALID', /Dockerfile/, Buffer.alloc(10_240)],
    ['two Dockerfiles', () => '-', 'USAGE', /-f/, 'FROM scratch\n', ['-f', 'x']],
    ['one input for two', () => '-', 'USAGE', /-f/, Buffer.alloc(0), ['-f', '-']],
  ])('%s is one clear error', async (name, context, code, hint, input = '', args = []) => {
    const given = name === 'one input for two' ? tar(made()) : input;
    const ended = await sandbox.tryBuild(context(), {}, { input: given, args });
    expect(expectError(ended, code, code === 'BUILD_FAILED' ? 3 : code === 'USAGE' ? 2 : 1).hint).toMatch(hint);
  });

  function bare(): string {
    const folder = temporaryFolder();
    makeTree(folder, [file('a')]);
    return folder;
  }
});
