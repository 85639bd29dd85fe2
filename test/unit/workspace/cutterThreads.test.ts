import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Chunk } from '../../../src/context/chunkList.ts';
import { ChunkList } from '../../../src/context/chunkList.ts';
import { Chunker, chunkSizesFor, largeChunkSizes } from '../../../src/context/chunker.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import type { OpenCutter } from '../../../src/workspace/cutterThreads.ts';
import { CutterThreads } from '../../../src/workspace/cutterThreads.ts';
import type { Cutter } from '../../../src/workspace/fileCutter.ts';
import { FileCutter } from '../../../src/workspace/fileCutter.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';
import { ReadBuffer } from '../../../src/workspace/readBuffer.ts';
import { ContextScanner } from '../../../src/workspace/scanner.ts';
import { includeAll } from '../../../src/workspace/contextFilter.ts';
import { launchers, runWorkspace } from '../../support/workspaceProcess.ts';
import { paths, WorkspaceFolder } from '../../support/workspaceFolder.ts';

const { wholeFile, readSlice, followedSlice } = workspaceLimits;
const scripts = mkdtempSync(join(tmpdir(), 'presync-cutter-'));
const script = join(scripts, 'cutter.js');

beforeAll(async () => {
  const entryPoints = { cutter: 'src/workspace/cutterThread.ts' };
  await build({ entryPoints, bundle: true, platform: 'node', target: 'node20', outdir: scripts, logLevel: 'error' });
});
afterAll(() => rmSync(scripts, { recursive: true, force: true }));

function threadFor(fd: number, size: number, program = script): OpenCutter {
  const cutting = new CutterThreads(program, 0).forWalk();
  onTestFinished(() => cutting.dispose());
  return cutting.cutterOf(fd, size)!;
}

function opened(folder: WorkspaceFolder, name: string): number {
  const fd = openSync(folder.at(name), 'r');
  onTestFinished(() => closeSync(fd));
  return fd;
}

/** All that a cutter says of a file, with what it lent put together. `keep`: so many slices are given back late. */
async function cutWhole(cutter: Cutter, lent: boolean, keep = 0) {
  const list: Chunk[] = [];
  const content: Buffer[] = [];
  const late: (() => void)[] = [];
  for (;;) {
    const { chunks, bytes, read, last } = await cutter.next(lent);
    list.push(...chunks);
    if (bytes !== undefined) {
      late.push(() => {
        content.push(Buffer.from(bytes));
        cutter.giveBack(bytes);
      });
    }
    while (late.length > (last ? 0 : keep)) late.shift()!();
    if (last) return { list: ChunkList.from(list), content: Buffer.concat(content), read };
  }
}

/** What is to be found, by the chunker alone. */
function chunksOfWhole(content: Buffer): ChunkList {
  const chunker = new Chunker(chunkSizesFor(content.length));
  const chunks: Chunk[] = [];
  let start = 0;
  const add = (end: number) => chunks.push({ digest: digestOf(content.subarray(start, end)), size: end - start });
  for (let cut; (cut = chunker.next(content, start)) >= 0; start = cut) add(cut);
  if (start < content.length) add(content.length);
  return ChunkList.from(chunks);
}

describe('a thread', () => {
  const sizes = [
    wholeFile + 1,
    followedSlice * 2,
    followedSlice * 2 + 1,
    readSlice - 1,
    readSlice,
    readSlice * 2 + largeChunkSizes.max,
    5_000_003,
  ];

  test.each(sizes)('finds in %d bytes what is found without one, and lends just these', async (size) => {
    const content = randomBytes(size);
    const folder = new WorkspaceFolder();
    writeFileSync(folder.at('f'), content);
    const fd = opened(folder, 'f');
    const expected = { list: chunksOfWhole(content), read: size };
    for (const cutter of [() => new FileCutter(fd, size, new ReadBuffer()), () => threadFor(fd, size)]) {
      expect(await cutWhole(cutter(), false)).toEqual({ ...expected, content: Buffer.alloc(0) });
      for (const keep of [0, 3]) {
        const { content: lent, ...found } = await cutWhole(cutter(), true, keep);
        expect(found).toEqual(expected);
        expect(lent.equals(content)).toBe(true);
      }
    }
  });

  test('reads one file after the other, also after one that was left early', async () => {
    const folder = new WorkspaceFolder();
    const contents = [randomBytes(3_000_000), randomBytes(1_000_000)];
    contents.forEach((content, i) => writeFileSync(folder.at(`${i}`), content));
    const cutting = new CutterThreads(script, 0).forWalk();
    onTestFinished(() => cutting.dispose());
    const first = cutting.cutterOf(opened(folder, '0'), contents[0]!.length)!;
    await first.next(true);
    await first.close();
    const second = cutting.cutterOf(opened(folder, '1'), contents[1]!.length)!;
    expect((await cutWhole(second, true)).content.equals(contents[1]!)).toBe(true);
  });

  test.each([
    ['shorter', (path: string) => truncateSync(path, 1_000_000), 1_000_000],
    ['longer', (path: string) => appendFileSync(path, randomBytes(1_500_000)), undefined],
  ])('says that a file became %s', async (_, change, read) => {
    const folder = new WorkspaceFolder();
    const size = 4_000_000;
    writeFileSync(folder.at('f'), randomBytes(size));
    const cutter = threadFor(opened(folder, 'f'), size);
    await cutter.next(true);
    await cutter.close();
    change(folder.at('f'));
    const found = await cutWhole(threadFor(opened(folder, 'f'), size), true);
    expect(found.read).not.toBe(size);
    if (read !== undefined) expect(found.read).toBe(read);
  });

  test("tells the system's error", async () => {
    const folder = new WorkspaceFolder({ 'a/f': '1' });
    const cutter = threadFor(opened(folder, 'a'), 1_000_000);
    await expect(cutter.next(true)).rejects.toMatchObject({ code: 'EISDIR' });
    await cutter.close();
  });

  test.each([
    ['ends', 'process.exit(1)'],
    ['throws', "setImmediate(() => { throw new Error('boom'); })"],
  ])('that %s is told, and nobody waits for it', async (what, code) => {
    const program = join(scripts, `${what}.js`);
    writeFileSync(program, `require('node:worker_threads').parentPort.on('message', () => { ${code}; });`);
    const folder = new WorkspaceFolder({ f: '1' });
    const cutter = threadFor(opened(folder, 'f'), 1_000_000, program);
    await expect(cutter.next(true)).rejects.toMatchObject({ code: 'INTERNAL' });
    await cutter.close();
  });

  test('is not used for small files, or where its program is not found', () => {
    const threads = (program: string, fewest?: number) => new CutterThreads(program, fewest).forWalk();
    expect(threads(script).cutterOf(0, workspaceLimits.threadedFile - 1)).toBeUndefined();
    expect(threads(join(scripts, 'none.js'), 0).cutterOf(0, 1_000_000)).toBeUndefined();
  });
});

describe('a scan with a thread', () => {
  const size = 20_000_000;

  function rig(program = script) {
    const folder = new WorkspaceFolder();
    writeFileSync(folder.at('large'), randomBytes(size));
    const cutters = new CutterThreads(program, wholeFile);
    const options = { root: folder.root, filter: includeAll, filterKey: '', cachePath: undefined, cutters };
    return { folder, scanner: new ContextScanner(options) };
  }
  const openFiles = () => readdirSync('/proc/self/fd').length;
  const threads = () => readdirSync('/proc/self/task').length;

  test('finds what one without finds, and leaves none behind', async () => {
    const { folder, scanner } = rig();
    const before = threads();
    const { snapshot } = await scanner.scan();
    expect(snapshot.digest).toBe((await folder.fresh()).digest);
    await expect.poll(threads, { timeout: 5000 }).toBe(before);
  });

  test('takes nothing for the content of a file that changes meanwhile', async () => {
    const { folder, scanner } = rig();
    let slices = 0;
    const following = scanner.kept.follow((digest) => {
      const taken = scanner.kept.take(digest);
      if (taken !== undefined) scanner.kept.spent(taken);
      // Within the first slices of the first attempt.
      if (slices++ === 3) writeFileSync(folder.at('large'), randomBytes(size - 1));
    });
    const { snapshot, atRest } = await scanner.scan();
    following.dispose();
    expect(atRest).toBe(false);
    const entry = findEntry(snapshot, paths('large')[0]!) as FileEntry;
    expect(entry.size).toBe(size - 1);
    expect(snapshot.digest).toBe((await folder.fresh()).digest);
  });

  test('can be cancelled, and then has nothing open', async () => {
    const { scanner } = rig();
    const before = openFiles();
    const abort = new AbortController();
    const following = scanner.kept.follow((digest) => {
      scanner.kept.take(digest);
      abort.abort();
    });
    await expect(scanner.scan(abort.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    following.dispose();
    await expect.poll(openFiles, { timeout: 5000 }).toBe(before);
  });

  test('reads by itself where the program is not found', async () => {
    const { folder, scanner } = rig(join(scripts, 'none.js'));
    expect((await scanner.scan()).snapshot.digest).toBe((await folder.fresh()).digest);
  });

  test('keeps no process alive', async () => {
    const { folder } = rig();
    const code = `const [root, script] = args;
      const cutters = new workspace.CutterThreads(script, 0);
      const cutting = cutters.forWalk();
      const fd = fs.openSync(root + '/large', 'r');
      const { read } = await cutting.cutterOf(fd, ${size}).next(false);
      return read > 0;`;
    expect(await runWorkspace(launchers.plain, code, folder.root, script)).toBe(true);
  });
});
