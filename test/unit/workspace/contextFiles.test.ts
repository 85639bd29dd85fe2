import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  realpathSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { locateContext, readDockerfile, readIgnoreFile } from '../../../src/workspace/contextFiles.ts';
import { launchers, runWorkspace } from '../../support/workspaceProcess.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString());

describe('a context', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('is the folder that a path leads to, with no link left in it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real/sub'), { recursive: true });
    symlinkSync('real', join(folder, 'link'));
    const located = await locateContext(join(folder, 'link/sub/../sub'));
    expect(located.root).toBe(join(folder, 'real/sub'));
    expect(located).toEqual(await locateContext(join(folder, 'real/sub')));
  });

  test.each<[string, (folder: string) => string, string]>([
    ['missing', (folder) => join(folder, 'absent'), 'CONTEXT_NOT_FOUND'],
    ['below a file', (folder) => join(folder, 'file/sub'), 'CONTEXT_NOT_FOUND'],
    ['a link to nowhere', (folder) => join(folder, 'dangling'), 'CONTEXT_NOT_FOUND'],
    ['a file', (folder) => join(folder, 'file'), 'CONTEXT_NOT_DIRECTORY'],
    ['a link in a circle', (folder) => join(folder, 'circle'), 'CONTEXT_UNREADABLE'],
    ['everything', () => '/', 'USAGE'],
    ['the home folder', () => homedir(), 'USAGE'],
  ])('that is %s is refused, with a hint', async (_, path, code) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('absent', join(folder, 'dangling'));
    symlinkSync('circle', join(folder, 'circle'));
    const hint: unknown = expect.stringMatching(/\w/);
    await expect(locateContext(path(folder))).rejects.toMatchObject({ code, hint });
  });

  test('that is the home folder by way of a link is refused as well', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'home'));
    symlinkSync('home', join(folder, 'link'));
    vi.stubEnv('HOME', join(folder, 'link'));
    await expect(locateContext(join(folder, 'home'))).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('a Dockerfile', () => {
  test('is read as it is, also through a link', async () => {
    const folder = temporaryFolder();
    const bytes = Buffer.from('\ufeffFROM scratch\r\n# \u00e9');
    writeFileSync(join(folder, 'real'), bytes);
    symlinkSync('real', join(folder, 'Dockerfile'));
    expect(Buffer.compare(await readDockerfile(join(folder, 'Dockerfile')), bytes)).toBe(0);
  });

  test.each<[string, (path: string) => void, string]>([
    ['missing', () => {}, 'DOCKERFILE_NOT_FOUND'],
    ['a link to nowhere', (path) => symlinkSync('absent', path), 'DOCKERFILE_NOT_FOUND'],
    ['a folder', (path) => mkdirSync(path), 'DOCKERFILE_INVALID'],
    ['a FIFO that nobody writes to', (path) => execFileSync('mkfifo', [path]), 'DOCKERFILE_INVALID'],
    ['larger than any', (path) => (writeFileSync(path, ''), truncateSync(path, 5 * 2 ** 20)), 'LIMIT'],
  ])('that is %s is refused, with a hint', async (_, make, code) => {
    const path = join(temporaryFolder(), 'Dockerfile');
    make(path);
    const hint: unknown = expect.stringMatching(/\w/);
    await expect(readDockerfile(path)).rejects.toMatchObject({ code, hint });
  });
});

describe('the ignore file', () => {
  test('is the one beside the Dockerfile before the one of the context', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'elsewhere'));
    const dockerfile = join(folder, 'elsewhere/app.Dockerfile');
    expect(await readIgnoreFile(dockerfile, folder)).toBeUndefined();
    writeFileSync(join(folder, '.dockerignore'), 'general');
    expect(text((await readIgnoreFile(dockerfile, folder))?.content)).toBe('general');
    writeFileSync(`${dockerfile}.dockerignore`, 'own');
    expect(await readIgnoreFile(dockerfile, folder)).toMatchObject({ path: `${dockerfile}.dockerignore` });
    expect(text((await readIgnoreFile(dockerfile, folder))?.content)).toBe('own');
    expect(text((await readIgnoreFile(undefined, folder))?.content)).toBe('general');
  });

  test('that is being saved is never taken for half of it, or for none', async () => {
    const folder = temporaryFolder();
    const path = join(folder, '.dockerignore');
    const versions = ['a', 'b'].map((kind) => Array.from({ length: 200 }, (_, i) => `**/*.${kind}${i}\n`).join(''));
    writeFileSync(path, versions[0]!);
    for (let round = 1; round <= 20; round++) {
      // As editors save: what was there is cut off, and written anew in pieces.
      const fd = openSync(path, 'w');
      const [first, second] = [versions[round % 2]!.slice(0, 1000), versions[round % 2]!.slice(1000)];
      setTimeout(() => writeSync(fd, first), 4);
      setTimeout(() => (writeSync(fd, second), closeSync(fd)), 8 + (round % 3));
      if (round % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 6));
      expect(text((await readIgnoreFile(undefined, folder))?.content)).toBe(versions[round % 2]);
    }
  });

  test('that never comes to rest is named', async () => {
    const path = join(temporaryFolder(), 'Dockerfile');
    const restless = setInterval(() => writeFileSync(path, `FROM scratch\n# ${performance.now()}`), 2);
    onTestFinished(() => clearInterval(restless));
    writeFileSync(path, '');
    const hint: unknown = expect.stringMatching(/\w/);
    await expect(readDockerfile(path)).rejects.toMatchObject({ code: 'CONTEXT_BUSY', hint });
  });

  test('that is there but cannot be read is never taken for none', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.dockerignore'));
    await expect(readIgnoreFile(undefined, folder)).rejects.toMatchObject({ code: 'CONTEXT_UNREADABLE' });
  });

  test('that may not be read is never taken for none', async () => {
    const folder = temporaryFolder();
    execFileSync('chmod', ['755', folder]);
    writeFileSync(join(folder, '.dockerignore'), 'secret', { mode: 0o000 });
    const code = `let denied; try { fs.readFileSync(args[0] + '/.dockerignore'); } catch (error) { denied = error.code; }
      try { await workspace.readIgnoreFile(undefined, args[0]); } catch (error) { return [denied, error.code]; }`;
    const result = await runWorkspace(launchers.unprivileged, code, realpathSync(folder));
    expect(result).toEqual(['EACCES', 'CONTEXT_UNREADABLE']);
  });
});
