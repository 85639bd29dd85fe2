import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import type { BuildListener } from '../../../src/client/buildClient.ts';
import { LocalContext } from '../../../src/client/localContext.ts';
import { withNeededFiles } from '../../../src/client/needed/neededGuard.ts';

import { walk } from '../../../src/context/snapshot.ts';
import { proofScan } from '../../../src/workspace/proofScan.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let folder: string;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = temporaryFolder();
  write('Dockerfile', 'FROM scratch\nCOPY src/a /a\n');
  for (const path of ['src/a', 'src/b', 'docs/c', 'large/d']) write(path, path);
});

function write(path: string, content: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function open(dockerfile: string | undefined = join(folder, 'Dockerfile')): Promise<LocalContext> {
  return LocalContext.open({
    folder,
    dockerfile,
    installation: 'test',
    cacheDirectory: join(home, 'cache'),
    neededDirectory: join(home, 'needed'),
    prover: { prove: proofScan },
  });
}

async function files(context: LocalContext): Promise<string[]> {
  const { snapshot } = await context.read({ everything: true, why: 'test' });
  return [...walk(snapshot)].filter(([, entry]) => entry.kind !== 'directory').map(([path]) => path);
}

function recipe(text: string, target?: string) {
  return {
    dockerfile: { name: 'Dockerfile', content: Buffer.from(text) },
    target,
    buildArgs: new Map<string, string>(),
  };
}

describe('a context', () => {
  test('has what its Dockerfile uses, and nothing else', async () => {
    expect(await files(await open())).toEqual(['src/a']);
  });

  test('has more as soon as the Dockerfile uses more, and no less when it uses less', async () => {
    const context = await open();
    await files(context);
    write('Dockerfile', 'FROM scratch\nCOPY src/b /b\n');
    expect(await files(context)).toEqual(['src/a', 'src/b']);
    const { snapshot } = await context.read({ paths: [] });
    expect(snapshot.files).toBe(2);
  });

  test('has more with a reading of a few paths only, too', async () => {
    const context = await open();
    await files(context);
    write('Dockerfile', 'FROM scratch\nCOPY docs /d\n');
    const { snapshot } = await context.read({ paths: [fromText('Dockerfile')] });
    expect([...walk(snapshot)].map(([path]) => path)).toEqual(['docs', 'docs/c', 'src', 'src/a']);
  });

  test('has what a build needs that any process has asked for', async () => {
    const watched = await open();
    await files(watched);
    const guest = await open(join(folder, 'other.Dockerfile'));
    await guest.require(recipe('FROM scratch AS x\nCOPY docs /d\nFROM scratch\nCOPY src/b /b', 'x'));
    expect(await watched.rulesChanged()).toBe(true);
    expect(await files(watched)).toEqual(['docs/c', 'src/a']);
    expect(await watched.rulesChanged()).toBe(false);
  });

  test('remembers it', async () => {
    await (await open()).require(recipe('FROM scratch\nCOPY docs /d'));
    await files(await open());
    write('Dockerfile', 'FROM scratch\n');
    expect(await files(await open())).toEqual(['docs/c', 'src/a']);
  });

  test('does not analyse a recipe that is known', async () => {
    const context = await open();
    await context.require(recipe('FROM scratch\nCOPY docs /d'));
    const [name] = readNeeded();
    await context.require(recipe('FROM scratch\nCOPY docs /d'));
    expect(readNeeded()).toEqual([name]);
  });

  test('that is used stays', async () => {
    const context = await open();
    await context.require(recipe('FROM scratch\nCOPY docs /d'));
    const past = new Date(Date.now() - 15 * 24 * 3_600_000);
    utimesSync(neededFile(), past, past);
    await files(context);
    expect(await files(await open())).toEqual(['docs/c', 'src/a']);
  });

  test('has everything where too much is kept', async () => {
    await (await open()).require(recipe('FROM scratch\nCOPY docs /d'));
    appendFileSync(neededFile(), `{"recipe":"x"}\n`.repeat(80_000));
    expect((await files(await open())).length).toBe(5);
  });

  test('that nobody has used for a while begins anew', async () => {
    await (await open()).require(recipe('FROM scratch\nCOPY docs /d'));
    const past = new Date(Date.now() - 15 * 24 * 3_600_000);
    utimesSync(neededFile(), past, past);
    expect(await files(await open())).toEqual(['src/a']);
  });

  test('has everything while its Dockerfile is not understood, and no longer', async () => {
    write('Dockerfile', 'FROM scratch\nCOPY $WHAT /d\n');
    const context = await open();
    expect((await files(context)).length).toBe(5);
    expect(context.needed).toMatchObject({ all: true, why: expect.stringContaining('$WHAT') as string });
    write('Dockerfile', 'FROM scratch\nCOPY src /d\n');
    expect(await files(context)).toEqual(['src/a', 'src/b']);
  });

  test.each([
    ['gone', () => rmSync(join(folder, 'Dockerfile'))],
    ['empty', () => write('Dockerfile', '')],
  ])('has no more while its Dockerfile is %s, and what it uses when it is back', async (_what, take) => {
    const context = await open();
    expect(await files(context)).toEqual(['src/a']);
    take();
    expect(await files(context)).toEqual(['src/a']);
    write('Dockerfile', 'FROM scratch\nCOPY docs /d\n');
    expect(await files(context)).toEqual(['docs/c', 'src/a']);
  });

  test.each([
    ['there is no Dockerfile', () => rmSync(join(folder, 'Dockerfile'))],
    ['what was needed cannot be read any more', () => appendFileSync(neededFile(), '{"sour')],
  ])('has everything where %s', async (_what, spoil) => {
    await files(await open());
    spoil();
    expect((await files(await open())).length).toBeGreaterThanOrEqual(4);
  });

  test('has everything where that was asked for, from then on', async () => {
    await (await open()).widen('asked for');
    expect((await files(await open())).length).toBe(5);
  });

  test('has everything where no build is known, and what builds need as soon as one is', async () => {
    const without = await LocalContext.open({
      folder,
      dockerfile: undefined,
      installation: 'another',
      cacheDirectory: join(home, 'cache'),
      neededDirectory: join(home, 'needed'),
      prover: { prove: proofScan },
    });
    expect((await files(without)).length).toBe(5);
    await without.require(recipe('FROM scratch\nCOPY docs /d'));
    expect(await files(without)).toEqual(['docs/c']);
  });

  test('leaves out what the ignore file excludes, needed or not', async () => {
    write('.dockerignore', 'src/*\n!src/b\n');
    write('Dockerfile', 'FROM scratch\nCOPY src /s\n');
    const context = await open();
    expect(await files(context)).toEqual(['src/b']);
    const rules = new Map(context.excluded().map(({ path, rule }) => [path as string, rule]));
    expect(rules.get('src/a')).toBe('src/* (line 1)');
    expect(rules.get('docs')).toBe('');
  });

  test('has the folders on the way to what is needed, be they empty', async () => {
    write('Dockerfile', 'FROM scratch\nCOPY docs/*.md */*.x /d/\n');
    write('.dockerignore', 'large/\n!large/e\n');
    const { snapshot } = await (await open()).read({ everything: true, why: 'test' });
    expect([...walk(snapshot)].map(([path]) => path)).toEqual(['docs', 'src']);
  });

  test('has what links on the way lead to', async () => {
    write('Dockerfile', 'FROM scratch\nCOPY l/c /c\nCOPY m /m\n');
    symlinkSync('docs', join(folder, 'l'));
    symlinkSync('n', join(folder, 'm'));
    symlinkSync('large/d', join(folder, 'n'));
    expect(await files(await open())).toEqual(['docs/c', 'l', 'large/d', 'm', 'n']);
  });

  test('is proven by what is in it', async () => {
    const context = await open();
    const { prove } = await context.read({ everything: true, why: 'test' });
    write('docs/new', 'not needed');
    expect(await prove(process.hrtime.bigint())).toMatchObject({ verdict: 'equal' });
    write('src/a', 'changed');
    expect(await prove(0n)).toMatchObject({ verdict: 'moved', paths: ['src/a'] });
  });

  test('is watched where it is, and where its Dockerfile is', async () => {
    mkdirSync(join(folder, 'build/deep'), { recursive: true });
    write('build/deep/Dockerfile', 'FROM scratch\nCOPY src/a /a\n');
    const context = await open(join(folder, 'build/deep/Dockerfile'));
    const skips = ['src', 'docs', 'large', 'build', 'build/deep'].map((path) => context.skipsFolder(fromText(path)));
    expect(skips).toEqual([false, true, true, false, false]);
    const hint = { paths: ['docs/c', 'src/a', 'build/deep/Dockerfile'].map(fromText) };
    expect(context.relevant(hint)).toEqual({ paths: ['src/a', 'build/deep/Dockerfile'] });
  });

  function neededFile(): string {
    return join(home, 'needed', readdir()[0]!);
  }

  function readNeeded(): string[] {
    return readdir().map((name) => readFileSync(join(home, 'needed', name), 'utf8'));
  }

  function readdir(): string[] {
    return readdirSync(join(home, 'needed'));
  }
});

describe('a build with too little', () => {
  const quiet: BuildListener = { onEvent: () => {}, onStarted: () => {} };
  const never = new AbortController().signal;
  const plain = recipe('FROM scratch\nCOPY src/a /a\n');
  const step = (name: string) => ({
    type: 'vertex' as const,
    digest: name,
    name,
    cached: false,
    started: 1,
    completed: undefined,
    error: '',
  });

  function fails(message: string) {
    return () => Promise.reject(new PresyncError('BUILD_FAILED', message));
  }

  test.each([
    ['BuildKit 0.8', 'failed to compute cache key: "/docs/c" not found: not found'],
    ['later', 'failed to calculate checksum of ref x::y: "/docs/c": not found'],
  ])('is built again with everything when a path is missed that is there: %s', async (_version, message) => {
    const context = await open();
    let runs = 0;
    const built = await withNeededFiles(context, [plain], quiet, never, () =>
      ++runs === 1 ? fails(message)() : Promise.resolve(7),
    );
    expect([built, runs]).toEqual([7, 2]);
    expect((await files(context)).length).toBe(5);
  });

  test.each([
    ['a path that is not there', '"/nowhere": not found'],
    ['a path that is excluded', '"/large/d": not found'],
    ['a path out of the context', '"/../etc/passwd": not found'],
    ['something else', 'process "/bin/sh -c false" did not complete successfully: exit code: 1'],
  ])('fails for %s', async (_what, message) => {
    write('.dockerignore', 'large');
    const context = await open();
    await expect(withNeededFiles(context, [plain], quiet, never, fails(message))).rejects.toMatchObject({ message });
  });

  test('fails where everything was there', async () => {
    const context = await open();
    await context.widen('asked for');
    let runs = 0;
    const run = () => (runs++, fails('"/docs/c": not found')());
    await expect(withNeededFiles(context, [plain], quiet, never, run)).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(runs).toBe(1);
  });

  test('is ended and built again when a step uses what no line of the Dockerfile names', async () => {
    const context = await open();
    const told: string[] = [];
    const listener: BuildListener = {
      onEvent: (event) => void (event.type === 'sync' && told.push(event.message ?? '')),
      onStarted: () => {},
    };
    let runs = 0;
    await withNeededFiles(context, [plain], listener, never, ({ onEvent }, signal) => {
      if (++runs === 2) return Promise.resolve();
      onEvent(step('[1/3] COPY src/a /a'));
      onEvent(step('[2/3] COPY . /usr/src/app'));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new PresyncError('CANCELLED', 'Cancelled.')));
      });
    });
    expect(runs).toBe(2);
    expect(told.join()).toContain('COPY . /usr/src/app');
  });

  describe('that others widen the context for while it runs', () => {
    const widen = async () => (await open()).widen('another build');

    test('is built again when it missed a path', async () => {
      let runs = 0;
      const run = async () => {
        if (++runs === 2) return 7;
        await widen();
        return fails('"/docs/c": not found')();
      };
      expect(await withNeededFiles(await open(), [plain], quiet, never, run)).toBe(7);
    });

    test('is built again when a step of it uses more, before and after', async () => {
      for (const when of ['before', 'after']) {
        rmSync(home, { recursive: true });
        let runs = 0;
        const run = async ({ onEvent }: BuildListener, signal: AbortSignal) => {
          if (++runs === 2) return 7;
          const ended = new Promise((resolve) => signal.addEventListener('abort', resolve));
          if (when === 'before') await widen();
          onEvent(step('[2/3] COPY . /usr/src/app'));
          await ended;
          if (when === 'after') await widen();
          throw new PresyncError('CANCELLED', 'Cancelled.');
        };
        expect(await withNeededFiles(await open(), [plain], quiet, never, run)).toBe(7);
      }
    });
  });

  test('is built again even when it has ended before that is known', async () => {
    const context = await open();
    let runs = 0;
    const run = ({ onEvent }: BuildListener) => {
      onEvent(step('[1/1] COPY . /usr/src/app'));
      return Promise.resolve(++runs);
    };
    expect(await withNeededFiles(context, [plain], quiet, never, run)).toBe(2);
  });

  test('is not to be named before that is known', async () => {
    const context = await open();
    const asked: (boolean | undefined)[] = [];
    await withNeededFiles(context, [plain], quiet, never, async ({ onEvent, mayName }) => {
      onEvent(step('[1/2] COPY src/a /a'));
      asked.push(await mayName?.());
      onEvent(step('[2/2] COPY . /usr/src/app'));
      asked.push(await mayName?.());
    });
    expect(asked).toEqual([true, false, undefined, undefined]);
  });

  test('is left alone where its steps are those of the Dockerfile', async () => {
    const context = await open();
    const names = [
      '[internal] load build context',
      '[1/4] COPY src/a /a',
      '[build 2/4] COPY --from=x /y /z',
      '[3/4] RUN --mount=type=cache,target=/c make',
      '[4/4] RUN cp -r . /x',
      'exporting to image',
    ];
    let runs = 0;
    const run = ({ onEvent }: BuildListener) => {
      for (const name of names) onEvent(step(name));
      return Promise.resolve(++runs);
    };
    expect(await withNeededFiles(context, [plain], quiet, never, run)).toBe(1);
  });

  test('that the user cancels is cancelled', async () => {
    const context = await open();
    const abort = new AbortController();
    const run = ({ onEvent }: BuildListener) => {
      onEvent(step('[1/1] COPY . /usr/src/app'));
      abort.abort();
      return Promise.reject(new PresyncError('CANCELLED', 'Cancelled.'));
    };
    await expect(withNeededFiles(context, [plain], quiet, abort.signal, run)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
