/**
 * The image that presync builds is the image that `docker build` builds.
 *
 * Each context is made twice, with equal mtimes, so that both tools see it for the first time: the stock CLI keys
 * BuildKit's copy by the folder's name, and presync starts with an empty store. Both build without cache, or the second
 * would be given the first one's layer.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import type { BuildOptions } from '../support/dockerCli.ts';
import { stockBuild } from '../support/dockerCli.ts';
import type { Engine } from '../support/engines.ts';
import { suites, useEngine } from '../support/engines.ts';
import type { Tree } from '../support/imageTree.ts';
import { imageTree } from '../support/imageTree.ts';
import { madeContexts } from '../support/madeContexts.ts';
import type { TreeItem } from '../support/madeTree.ts';
import { file, folder, makeTree, symlink } from '../support/madeTree.ts';
import { temporarySandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';
import { treeDifferences } from '../support/treeDifferences.ts';

const copyAll = 'FROM scratch\nCOPY . /src\n';
const repository = join(import.meta.dirname, '../..');

/** A context on the disk, in a folder whose name nobody else uses, and the build that is asked for. */
interface Placed {
  readonly context: string;
  readonly options: BuildOptions;
}

function place(items: readonly TreeItem[], options: BuildOptions = {}): Placed {
  const home = temporaryFolder();
  makeTree(home, items);
  return placeFolder(join(home, 'context'), options);
}

/** Renames a context's folder to a name of its own: buildx shares BuildKit's copy between folders of one name. */
function placeFolder(folder: string, options: BuildOptions): Placed {
  const context = join(dirname(folder), uniqueTag());
  renameSync(folder, context);
  const dockerfile = options.file?.replace('{}/context', context).replace('{}', dirname(folder));
  return { context, options: { ...options, ...(dockerfile === undefined ? {} : { file: dockerfile }) } };
}

async function presyncTree(engine: Engine, { context, options }: Placed): Promise<Tree> {
  const sandbox = temporarySandbox(engine.host);
  const tag = temporaryTag(engine.api);
  await sandbox.build(context, { ...options, tag, noCache: true });
  return imageTree(engine.api, tag);
}

async function stockTree(engine: Engine, { context, options }: Placed): Promise<Tree> {
  const tag = temporaryTag(engine.api);
  await stockBuild(engine, context, { ...options, tag, noCache: true });
  return imageTree(engine.api, tag);
}

/**
 * A tree whose mtimes since `start` read -1: those are the builder's own, on folders that COPY made and on what RUN
 * wrote. An mtime that one tool took from the context and the other from the clock stays a difference.
 */
function withoutBuildTimes(tree: Tree, start: number): Tree {
  const end = Date.now() / 1000 + 1;
  const shown = (mtime: number) => (mtime >= Math.floor(start / 1000) && mtime <= end ? -1 : mtime);
  return new Map([...tree].map(([path, node]) => [path, { ...node, mtime: shown(node.mtime) }]));
}

describe.each(suites)('parity with docker build on %s', (suite) => {
  const engine = useEngine(suite);

  it.each(madeContexts.filter(({ otherOn20 }) => suite !== 'bookworm' || !otherOn20))(
    '$name',
    async ({ items, options }) => {
      const start = Date.now();
      const actual = withoutBuildTimes(await presyncTree(engine, place(items, options)), start);
      const expected = withoutBuildTimes(await stockTree(engine, place(items, options)), start);
      expect(treeDifferences(actual, expected)).toEqual([]);
      expect(actual.size).toBeGreaterThan(0);
    },
  );

  it('this repository', async () => {
    const [start, mine, stock] = [Date.now(), temporaryFolder(), temporaryFolder()];
    copyRepository(join(mine, 'context'));
    execFileSync('cp', ['-a', join(mine, 'context'), stock]);
    const options = { stdin: copyAll };
    const actual = withoutBuildTimes(await presyncTree(engine, placeFolder(join(mine, 'context'), options)), start);
    const expected = withoutBuildTimes(await stockTree(engine, placeFolder(join(stock, 'context'), options)), start);
    expect(treeDifferences(actual, expected)).toEqual([]);
    expect(actual.has(fromText('src/package.json'))).toBe(true);
  });

  // What the comparison has to see between two builds of the stock CLI, or it could not fail above either.
  it.each<[string, TreeItem, TreeItem, string]>([
    ['content', file('x', 'one'), file('x', 'two'), 'sha256 of src/x: '],
    ['a mode', file('x', '', { mode: 0o4755 }), file('x', '', { mode: 0o755 }), 'mode of src/x: 2541 instead of 493'],
    [
      'an mtime',
      file('x', '', { mtime: 1000 }),
      file('x', '', { mtime: 1001 }),
      'mtime of src/x: 1000 instead of 1001',
    ],
    ['a link target', symlink('x', 'one'), symlink('x', 'two'), 'linkTarget of src/x: one instead of two'],
    ['a type', folder('x'), symlink('x', 'y'), 'type of src/x: directory instead of symlink'],
    ['another name', file('x'), file('y'), 'missing: src/y'],
  ])('sees a difference in %s', async (_, one, other, difference) => {
    const trees = [];
    for (const item of [one, other]) {
      const start = Date.now();
      const home = temporaryFolder();
      makeTree(join(home, 'context'), [file('Dockerfile', copyAll), item]);
      trees.push(withoutBuildTimes(await stockTree(engine, placeFolder(join(home, 'context'), {})), start));
    }
    expect(treeDifferences(trees[0]!, trees[1]!)).toContainEqual(expect.stringContaining(difference));
  });
});

/** Copies this repository's own files and, in a full run, its packages. */
function copyRepository(to: string): void {
  mkdirSync(to);
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: repository, encoding: 'utf8' }).split('\0');
  // The index also lists what was just deleted.
  const present = files.filter((path) => path !== '' && existsSync(join(repository, path)));
  execFileSync('cp', ['-a', '--parents', '-t', to, ...present], { cwd: repository });
  if (process.env['PRESYNC_FULL']) execFileSync('cp', ['-a', join(repository, 'node_modules'), to]);
}
