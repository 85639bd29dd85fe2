/** Only what builds can use is synchronised, and the image is what it would be with everything. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { stockBuild } from '../support/dockerCli.ts';
import type { Engine } from '../support/engines.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { imageTree } from '../support/imageTree.ts';
import { lastJson, temporarySandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';

/** A context of one file for each path, which holds its path; `->` begins a link's target, `/` ends an empty folder's path. */
function context(files: Readonly<Record<string, string>>, ...paths: string[]): string {
  // Under a name of its own: buildx shares BuildKit's copy between folders of one name.
  const root = join(temporaryFolder(), uniqueTag());
  const all = { ...Object.fromEntries(paths.map((path) => [path, path])), ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (path.endsWith('/')) mkdirSync(join(root, path));
    else if (content.startsWith('->')) symlinkSync(content.slice(2), join(root, path));
    else writeFileSync(join(root, path), content);
  }
  return root;
}

async function filesOf(engine: Engine, tag: string): Promise<string[]> {
  const tree = await imageTree(engine.api, tag);
  return [...tree].filter(([, { type }]) => type !== 'directory').map(([path]) => path as string);
}

describe.each(suites)('what builds need, on %s', (suite) => {
  const engine = useEngine(suite);

  const cases: [string, string, Record<string, string>, string[]][] = [
    ['names', 'COPY a d/b /x/', {}, ['a', 'd/b']],
    ['a folder', 'COPY d /x', {}, ['d/b', 'd/c']],
    ['patterns', 'COPY *.txt d/? /x/', { 't.txt': 't', 'u.txt': 'u' }, ['d/b', 'd/c', 't.txt', 'u.txt']],
    ['a pattern that matches nothing', 'COPY a *.none /x/', {}, ['a']],
    ['an empty folder', 'COPY a e /x/', { 'e/': '' }, ['a']],
    ['ADD', 'ADD a /x/', {}, ['a']],
    ['a link to a file', 'COPY l /x/', { l: '->d/b' }, ['d/b', 'l']],
    ['a link to a folder on the way', 'COPY l/b /x/', { l: '->d' }, ['d/b', 'l']],
    ['a link to a folder', 'COPY l /x/', { l: '->d' }, ['d/b', 'd/c', 'l']],
    ['links in a folder', 'COPY e /x', { 'e/l': '->../a' }, ['e/l']],
  ];

  it.each(cases)('is synchronised alone: %s', async (_what, line, files, expected) => {
    const root = context({ Dockerfile: `FROM scratch\n${line}\n`, ...files }, 'a', 'd/b', 'd/c', 'large/f');
    const sandbox = temporarySandbox(engine.host);
    const tags = [temporaryTag(engine.api), temporaryTag(engine.api)];
    await sandbox.build(root, { tag: tags[0]! });
    await stockBuild(engine, root, { tag: tags[1]!, noCache: true });
    expect(await filesOf(engine, tags[0]!)).toEqual(await filesOf(engine, tags[1]!));
    const { contexts } = await sandbox.status();
    expect(contexts[0]!.files).toBe(expected.length);
    const shown = lastJson(await sandbox.run(['context', '--json', root]));
    expect(shown).toMatchObject({ files: expected.length, extent: { all: false } });
    expect((shown as { unused: string[] }).unused).toContain('large');
  });

  it('is a folder where a pattern matches nothing in it', async () => {
    // `docker build` of 26.1 leaves the folder out, and BuildKit then fails.
    const root = context({ Dockerfile: 'FROM scratch\nCOPY a e/* /x/\n', 'e/': '' }, 'a');
    const tag = temporaryTag(engine.api);
    await temporarySandbox(engine.host).build(root, { tag });
    expect(await filesOf(engine, tag)).toEqual(['x/a']);
  });

  it('is everything where that is asked for', async () => {
    const root = context({ Dockerfile: 'FROM scratch\nCOPY a /a\n' }, 'a', 'b', 'c');
    const sandbox = temporarySandbox(engine.host);
    await sandbox.build(root, {}, { args: ['--context', 'all'] });
    expect((await sandbox.status()).contexts[0]).toMatchObject({ files: 4 });
  });

  it('is more where a variable turns out to be another', async () => {
    // A variable of the base image wins over an ARG, which no Dockerfile tells.
    const base = temporaryTag(engine.api);
    await stockBuild(engine, context({ Dockerfile: `FROM ${baseImage}\nENV FILE=b\n` }), { tag: base });
    const root = context({ Dockerfile: `FROM ${base}\nARG FILE=a\nCOPY $FILE /x\n` }, 'a', 'b', 'c');
    const sandbox = temporarySandbox(engine.host);
    const tag = temporaryTag(engine.api);
    await sandbox.build(root, { tag });
    expect((await imageTree(engine.api, tag)).get(fromText('x'))).toMatchObject({ size: 1 });
    expect(await filesOf(engine, tag)).toContain('x');
  });

  it('is everything where a base image copies it by ONBUILD', async () => {
    const base = temporaryTag(engine.api);
    await stockBuild(engine, context({ Dockerfile: `FROM ${baseImage}\nONBUILD COPY . /app\n` }), { tag: base });
    const root = context({ Dockerfile: `FROM ${base}\nCOPY a /a\n` }, 'a', 'b', 'd/c');
    const sandbox = temporarySandbox(engine.host);
    const tag = temporaryTag(engine.api);
    await sandbox.build(root, { tag });
    expect(await filesOf(engine, tag)).toEqual(expect.arrayContaining(['a', 'app/a', 'app/b', 'app/d/c']));
  });

  it('is everything in a result that is sent back, cached and unproven as it may be', async () => {
    const base = temporaryTag(engine.api);
    await stockBuild(engine, context({ Dockerfile: `FROM ${baseImage}\nONBUILD COPY . /app\n` }), { tag: base });
    const file = join(context({ Dockerfile: `FROM ${base}\nCOPY a /a\n` }), 'Dockerfile');
    const output = async (...paths: string[]) => {
      const dest = join(temporaryFolder(), 'out');
      await temporarySandbox(engine.host).build(
        context({}, ...paths),
        { file },
        { args: ['--proof', 'off', '-o', dest] },
      );
      return readdirSync(join(dest, 'app')).sort();
    };
    // By then what comes of too little is cached, and would be sent before its steps were looked at.
    expect(await output('a')).toEqual(['a']);
    expect(await output('a', 'b', 'd/c')).toEqual(['a', 'b', 'd']);
  });

  it('of a bind mount is there', async () => {
    const dockerfile = `FROM ${baseImage}\nRUN --mount=type=bind,source=d,target=/m cat /m/b > /copy\n`;
    const root = context({ Dockerfile: dockerfile }, 'a', 'd/b', 'large/f');
    const sandbox = temporarySandbox(engine.host);
    const tag = temporaryTag(engine.api);
    await sandbox.build(root, { tag });
    expect((await imageTree(engine.api, tag)).get(fromText('copy'))).toMatchObject({ size: 3 });
    expect((await sandbox.status()).contexts[0]).toMatchObject({ files: 1 });
  });

  it('of several builds is in sync together, and stays when one needs less', async () => {
    const root = context(
      { Dockerfile: 'FROM scratch\nCOPY a /a\n', 'b.Dockerfile': 'FROM scratch\nCOPY b /b\n' },
      'a',
      'b',
      'c',
    );
    const sandbox = temporarySandbox(engine.host);
    const watch = await sandbox.watch(root);
    const files = async () => (await sandbox.status()).contexts.find(({ path }) => path === root)?.files;
    expect(await files()).toBe(1);
    const other = { file: join(root, 'b.Dockerfile') };
    await sandbox.build(root, other);
    expect(await files()).toBe(2);
    const again = [await sandbox.build(root), await sandbox.build(root, other), await sandbox.build(root)];
    expect(again.map(({ builder }) => builder.diffCopies)).toEqual([0, 0, 0]);
    expect(await files()).toBe(2);
    watch.kill('SIGINT');
  });

  it('is more as soon as the watched Dockerfile says so', async () => {
    const root = context({ Dockerfile: 'FROM scratch\nCOPY a /a\n' }, 'a', 'd/b', 'd/c');
    const sandbox = temporarySandbox(engine.host);
    const watch = await sandbox.watch(root);
    writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY a d /x/\n');
    await sandbox.waitFor('what is new to be in sync', async () => (await sandbox.status()).contexts[0]?.files === 3);
    writeFileSync(join(root, 'd/b'), 'changed');
    const tag = temporaryTag(engine.api);
    const built = await sandbox.build(root, { tag });
    expect(built.verified).toBe(true);
    expect((await imageTree(engine.api, tag)).get(fromText('x/b'))).toMatchObject({ size: 7 });
    watch.kill('SIGINT');
  });
});
