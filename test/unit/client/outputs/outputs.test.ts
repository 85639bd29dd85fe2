/** Results of builds, written to disk: all of them made up, most of them hostile. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { openFileOutput } from '../../../../src/client/outputs/fileOutput.ts';
import { openFolderOutput } from '../../../../src/client/outputs/folderOutput.ts';
import { namePlatformProblem } from '../../../../src/client/outputs/platformNames.ts';
import { resultReceivers } from '../../../../src/client/outputs/outputs.ts';
import { openStaging } from '../../../../src/client/outputs/staging.ts';
import { openStdoutOutput } from '../../../../src/client/outputs/stdoutOutput.ts';
import type { Path } from '../../../../src/context/path.ts';
import type { TarMember } from '../../../support/tarWriter.ts';
import { tarArchive, tarMember } from '../../../support/tarWriter.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

let home: string;
let dest: string;
let staging: string;
let warnings: string[];

beforeEach(() => {
  home = temporaryFolder();
  dest = join(home, 'dest');
  staging = join(home, 'cache');
  warnings = [];
  mkdirSync(join(home, 'outside'));
  writeFileSync(join(home, 'outside/file'), 'untouched');
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Writes a result into `dest`. */
async function write(members: readonly TarMember[], { clear = false } = {}): Promise<void> {
  const receiver = await openFolderOutput({ path: dest, clear }, staging, (message) => warnings.push(message));
  try {
    await receiver.receive(once(tarArchive(members)));
  } finally {
    await receiver.close();
  }
}

/** Everything below a folder, as `path` or `path -> target`. */
function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'latin1' })
    .sort()
    .map((path) => {
      const full = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, 'latin1')]);
      return lstatSync(full).isSymbolicLink() ? `${path} -> ${readlinkSync(full)}` : path;
    });
}

/** Nothing was left in the places where results are put together, and nothing outside was touched. */
function expectNothingElse(): void {
  expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
  expect(readFileSync(join(home, 'outside/file'), 'utf8')).toBe('untouched');
  expect(readdirSync(join(home, 'outside'))).toEqual(['file']);
  expect(readdirSync(home).filter((name) => !['outside', 'dest', 'cache'].includes(name))).toEqual([]);
}

const file = (name: string, data = 'x', more: Partial<TarMember> = {}): TarMember => ({
  name,
  data: Buffer.from(data),
  ...more,
});
const directory = (name: string, mode = 0o755): TarMember => ({ name, type: '5', mode });
const symlink = (name: string, linkName: string): TarMember => ({ name, type: '2', linkName });
const hardLink = (name: string, linkName: string): TarMember => ({ name, type: '1', linkName });

describe('a result in a folder', () => {
  it('is what it is in the archive: files, folders, links, modes and times', async () => {
    await write([
      directory('./'),
      directory('./bin', 0o750),
      file('./bin/run', '#!', { mode: 0o755 }),
      file('deep/er/file', 'deep'),
      symlink('link', '/etc/passwd'),
      symlink('up', '../outside/file'),
      hardLink('second', 'bin/run'),
      directory('closed', 0o555),
      file('closed/in', 'closed'),
      file('n\xe4me', ''),
    ]);
    expect(listing(dest)).toEqual([
      'bin',
      'bin/run',
      'closed',
      'closed/in',
      'deep',
      'deep/er',
      'deep/er/file',
      'link -> /etc/passwd',
      'n\xc3\xa4me',
      'second',
      'up -> ../outside/file',
    ]);
    expect(lstatSync(join(dest, 'bin')).mode & 0o777).toBe(0o750);
    expect(lstatSync(join(dest, 'bin/run')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(dest, 'closed')).mode & 0o777).toBe(0o555);
    expect(lstatSync(join(dest, 'bin/run')).mtimeMs).toBe(1_700_000_000_000);
    expect(lstatSync(join(dest, 'second')).ino).toBe(lstatSync(join(dest, 'bin/run')).ino);
    expectNothingElse();
  });

  const device = (type: string): TarMember => ({ name: 'thing', type });
  it.each<[string, readonly TarMember[], RegExp?]>([
    ['..', [file('..')]],
    ['../x', [file('../x')]],
    ['a/../../x', [file('a/../../x')]],
    ['a/..', [directory('a'), directory('a/..')]],
    ['./../x', [file('./../x')]],
    ['/etc/x', [file('/etc/x')]],
    ['//x', [file('//x')]],
    ['.//../x', [file('.//../x')]],
    ['a//b', [file('a//b')]],
    ['a/./b', [file('a/./b')]],
    ['a symlink, then a file through it', [symlink('l', '../outside'), file('l/file', 'overwritten')], /through "l"/],
    ['a symlink, then a folder through it', [symlink('l', '../outside'), directory('l/new')], /through "l"/],
    [
      'a symlink in a folder, then through it',
      [directory('d'), symlink('d/l', '../..'), file('d/l/x')],
      /through "d\/l"/,
    ],
    ['a folder, then a symlink in its place', [directory('d'), symlink('d', '../outside'), file('d/file', 'o')]],
    ['a symlink, then a file in its place', [symlink('f', '../outside/file'), file('f', 'overwritten')]],
    ['a symlink, then a folder in its place', [symlink('d', '../outside'), directory('d'), file('d/file', 'o')]],
    ['a file, then a path through it', [file('f'), file('f/x')], /through "f"/],
    ['a file twice', [file('f'), file('f')]],
    ['a hard link to what is outside', [hardLink('h', '../outside/file')]],
    ['a hard link to an absolute path', [hardLink('h', '/etc/passwd')]],
    ['a hard link through a symlink', [symlink('l', '../outside'), hardLink('h', 'l/file')]],
    ['a hard link to a symlink', [symlink('l', '../outside/file'), hardLink('h', 'l'), file('h', 'overwritten')]],
    ['a hard link to what does not exist', [hardLink('h', 'absent')]],
    ['a symlink to nothing', [symlink('l', '')]],
    ['a character device', [device('3')]],
    ['a block device', [device('4')]],
    ['a FIFO', [device('6')]],
    [
      'a name that is too long',
      [file('n'.repeat(90), 'x'), { name: 'long', type: 'L', data: Buffer.alloc(300, 'n') }, file('x')],
    ],
  ])('is refused as a whole for %s', async (_, members, message = /./) => {
    const good = [file('before', 'good'), ...members, file('behind', 'good')];
    await expect(write(good)).rejects.toMatchObject({ code: 'OUTPUT_UNSAFE', message: expect.stringMatching(message) });
    expect(existsSync(dest)).toBe(false);
    expectNothingElse();
    mkdirSync(dest);
    writeFileSync(join(dest, 'before'), 'old');
    await expect(write(good)).rejects.toMatchObject({ code: 'OUTPUT_UNSAFE', hint: expect.stringMatching(/\w/) });
    expect(readFileSync(join(dest, 'before'), 'utf8')).toBe('old');
    expect(readdirSync(dest)).toEqual(['before']);
    expectNothingElse();
  });

  it('names what it refuses without giving it the terminal', async () => {
    await expect(write([file('../\x1b[2J')])).rejects.toMatchObject({ message: expect.stringContaining('\\u{1b}') });
  });

  it('has no setuid, setgid and sticky bits, and says so', async () => {
    await write([file('su', 'x', { mode: 0o4755 }), file('sg', 'x', { mode: 0o2755 }), directory('t', 0o1777)]);
    expect(lstatSync(join(dest, 'su')).mode & 0o7777).toBe(0o755);
    expect(lstatSync(join(dest, 'sg')).mode & 0o7777).toBe(0o755);
    expect(lstatSync(join(dest, 't')).mode & 0o7777).toBe(0o777);
    expect(warnings).toEqual([expect.stringMatching(/^"su" and 1 more .*setuid/)]);
  });

  it('names of every object are names', async () => {
    await write([file('__proto__'), file('constructor/toString'), file('hasOwnProperty')]);
    expect(listing(dest)).toEqual(['__proto__', 'constructor', 'constructor/toString', 'hasOwnProperty']);
  });

  it('appears whole or not at all when it breaks off', async () => {
    const receiver = await openFolderOutput({ path: dest, clear: false }, staging, () => {});
    const broken = async function* () {
      yield tarMember(file('a'));
      await Promise.resolve();
      throw new Error('cut');
    };
    await expect(receiver.receive(broken())).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    await receiver.close();
    expect(existsSync(dest)).toBe(false);
    expectNothingElse();
  });
});

describe('a result in a folder that is there', () => {
  beforeEach(() => {
    mkdirSync(join(dest, 'sub'), { recursive: true });
    writeFileSync(join(dest, 'mine'), 'mine');
    writeFileSync(join(dest, 'sub/both'), 'old');
    writeFileSync(join(dest, 'sub/mine'), 'mine');
  });

  it('replaces what it has, and leaves the rest', async () => {
    await write([directory('sub', 0o700), file('sub/both', 'new'), file('sub/new', 'new'), file('top', 'new')]);
    expect(listing(dest)).toEqual(['mine', 'sub', 'sub/both', 'sub/mine', 'sub/new', 'top']);
    expect(readFileSync(join(dest, 'sub/both'), 'utf8')).toBe('new');
    expect(lstatSync(join(dest, 'sub')).mode & 0o777).toBe(0o700);
    expectNothingElse();
  });

  it('takes the place of everything only when that is asked for', async () => {
    await write([file('top', 'new')], { clear: true });
    expect(listing(dest)).toEqual(['top']);
    expectNothingElse();
  });

  it('replaces a link that is in the way, and never goes through it', async () => {
    symlinkSync('../outside', join(dest, 'way'));
    symlinkSync('../outside/file', join(dest, 'one'));
    await write([directory('way'), file('way/file', 'inside'), file('one', 'inside')]);
    expect(listing(dest)).toEqual(['mine', 'one', 'sub', 'sub/both', 'sub/mine', 'way', 'way/file']);
    expectNothingElse();
  });

  it('does not do away with a folder for a file, and touches nothing then', async () => {
    await expect(write([file('aaa', 'new'), file('sub', 'a file')])).rejects.toMatchObject({
      code: 'OUTPUT_FAILED',
      message: expect.stringMatching(/dest\/sub is a folder/),
      hint: expect.stringMatching(/mode=delete/),
    });
    expect(listing(dest)).toEqual(['mine', 'sub', 'sub/both', 'sub/mine']);
    expectNothingElse();
  });

  it('goes where a link of the user leads', async () => {
    symlinkSync('dest', join(home, 'cache-link'));
    const real = dest;
    dest = join(home, 'cache-link');
    await write([file('top', 'new')]);
    expect(listing(real)).toContain('top');
    expect(lstatSync(dest).isSymbolicLink()).toBe(true);
  });

  it('folders that are closed are opened for the move, and closed again', async () => {
    await write([directory('sub', 0o555), file('sub/new')]);
    expect(lstatSync(join(dest, 'sub')).mode & 0o777).toBe(0o555);
    chmodSync(join(dest, 'sub'), 0o755);
    expect(listing(dest)).toContain('sub/new');
    expectNothingElse();
  });

  it('cannot be a file, a link to nothing, or below one', async () => {
    symlinkSync('nowhere', join(home, 'outside', 'dangling'));
    for (const place of [join(dest, 'mine'), join(dest, 'mine/below'), join(home, 'outside/dangling')]) {
      await expect(openFolderOutput({ path: place, clear: false }, staging, () => {})).rejects.toMatchObject({
        code: 'OUTPUT_FAILED',
        hint: expect.stringMatching(/\w/),
      });
    }
  });
});

describe('a result in a file', () => {
  it('appears whole, in folders that are made for it, and replaces a file', async () => {
    const path = join(dest, 'new/result.tar');
    for (const content of ['first', 'second']) {
      const receiver = await openFileOutput(path, staging);
      const bytes = async function* () {
        yield Buffer.from(content.slice(0, 2));
        expect(existsSync(path) ? readFileSync(path, 'utf8') : 'first').toBe('first');
        yield Buffer.from(content.slice(2));
      };
      await receiver.receive(bytes());
      await receiver.close();
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
    expect(readdirSync(join(dest, 'new'))).toEqual(['result.tar']);
    expectNothingElse();
  });

  it('does not replace what is no file', async () => {
    execFileSync('mkfifo', [join(home, 'outside/pipe')]);
    for (const path of [join(home, 'outside'), join(home, 'outside/pipe'), '/dev/null']) {
      await expect(openFileOutput(path, staging)).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
    }
    await expect(openFileOutput('/proc/presync/x', staging)).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
  });
});

describe('a place for putting results together', () => {
  it('is outside of where they go, where that is possible', async () => {
    mkdirSync(dest);
    const place = await openStaging(dest, staging);
    expect(place.path.startsWith(staging)).toBe(true);
    expect(lstatSync(place.path).mode & 0o777).toBe(0o700);
    await place.remove();
  });

  it('is in there where renaming is not, such as onto another file system', async () => {
    mkdirSync(dest);
    const place = await openStaging(dest, '/dev/shm/presync-test');
    expect(place.path.startsWith(dest)).toBe(true);
    await place.remove();
    expect(readdirSync(dest)).toEqual([]);
  });
});

describe('a result on standard output', () => {
  it('waits for its reader', async () => {
    const stdout = new PassThrough({ highWaterMark: 10 });
    let sent = 0;
    const bytes = async function* () {
      for (; sent < 10; sent++) yield Buffer.alloc(10);
    };
    const received = openStdoutOutput(stdout).receive(bytes());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toBeLessThan(5);
    stdout.resume();
    await received;
    expect(sent).toBe(10);
  });

  it('is not for a terminal', () => {
    expect(() => openStdoutOutput(Object.assign(new PassThrough(), { isTTY: true }))).toThrow(
      expect.objectContaining({ code: 'OUTPUT_FAILED' }),
    );
  });
});

describe('the receivers of a build', () => {
  it('are those of its outputs, for each time that it is built', async () => {
    const places = [undefined, { kind: 'file', path: join(dest, 'x') } as const];
    const receivers = resultReceivers(places, { staging, warn: () => {} });
    expect(await receivers.open(0)).toBeUndefined();
    expect(await receivers.open(7)).toBeUndefined();
    for (const content of ['too little', 'all']) {
      const receiver = await receivers.open(1);
      await receiver!.receive(once(Buffer.from(content)));
      await receiver!.close();
      expect(readFileSync(join(dest, 'x'), 'utf8')).toBe(content);
    }
  });
});

describe('names on Windows', () => {
  it.each(['a:b', 'CON', 'com1.txt', 'a\\b', 'x.', 'x ', 'a<b', 'a/nul/b', 'a\x01'])('%j is none', (path) => {
    expect(namePlatformProblem(path as Path, 'win32')).toMatch(/Windows/);
    expect(namePlatformProblem(path as Path, 'linux')).toBeUndefined();
  });

  it.each(['a', 'console', 'com10', '.git', 'a b'])('%j is one', (path) => {
    expect(namePlatformProblem(path as Path, 'win32')).toBeUndefined();
  });
});
