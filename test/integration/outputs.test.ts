/** Results that a build sends to its client: files, archives, images. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
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
import { describe, expect, it } from 'vitest';
import type { EndedBuild } from '../support/presyncCli.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { imageTree } from '../support/imageTree.ts';
import { file, folder, makeTree, symlink } from '../support/madeTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { readTar } from '../support/tarReader.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

/** A folder with this Dockerfile and a few files. */
function contextOf(dockerfile: string): string {
  const context = join(temporaryFolder(), 'context');
  makeTree(context, [
    file('Dockerfile', dockerfile),
    file('src/a.txt', 'a'),
    file('src/run.sh', '#!/bin/sh\n', { mode: 0o755 }),
    file('src/deep/er/Grüße.txt', 'b'),
    file('src/large.bin', createHash('sha256').update('large').digest('hex').repeat(20_000)),
    folder('src/empty'),
    symlink('src/link', 'deep/er'),
    symlink('src/away', '/etc/passwd'),
  ]);
  return context;
}

const copySource = 'FROM scratch\nCOPY src /\n';

describe.each(suites)('results on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  const tryOutput = (context: string, output: string, args: readonly string[] = []): Promise<EndedBuild> =>
    sandbox.tryBuild(context, {}, { args: ['--output', output, ...args] });

  /** A build with `--output`, which has to succeed; returns its image's id, '' where none was made. */
  async function output(context: string, spec: string, args: readonly string[] = []): Promise<string> {
    return (await sandbox.build(context, {}, { args: ['--output', spec, ...args] })).imageId;
  }

  it('type=local writes the files that docker build --output writes, and makes no image', async () => {
    const context = contextOf(copySource);
    const [mine, stock] = [join(context, '../mine'), join(context, '../stock')];
    expect(await output(context, `type=local,dest=${mine}`)).toBe('');
    execFileSync(engine.cli, ['build', '--output', stock, context], { stdio: 'pipe' });
    expect(folderDigest(mine)).toBe(folderDigest(stock));
    expect(readlinkSync(join(mine, 'away'))).toBe('/etc/passwd');
    // Tar archives have whole seconds.
    expect(lstatSync(join(mine, 'a.txt')).mtimeMs).toBe(secondsOf(join(stock, 'a.txt')) * 1000);
  });

  it('type=local leaves what is there, unless mode=delete is asked for, and follows no link in the way', async () => {
    const context = contextOf(copySource);
    const [dest, outside] = [join(context, '../dest'), join(context, '../outside')];
    for (const made of [dest, outside]) mkdirSync(made);
    writeFileSync(join(dest, 'mine'), 'mine');
    symlinkSync(outside, join(dest, 'deep'));
    await output(context, dest);
    expect(readFileSync(join(dest, 'mine'), 'utf8')).toBe('mine');
    expect(readdirSync(join(dest, 'deep/er'))).toEqual(['Grüße.txt']);
    expect(readdirSync(outside)).toEqual([]);
    await output(context, `type=local,dest=${dest},mode=delete`);
    expect(existsSync(join(dest, 'mine'))).toBe(false);
    expect(folderDigest(dest)).toBe(folderDigest(join(context, 'src')));
  });

  it('type=tar goes to a file or to standard output', async () => {
    const context = contextOf(copySource);
    const archive = join(context, '../made/result.tar');
    await output(context, `type=tar,dest=${archive}`);
    const child = sandbox.spawn(['build', '-o', '-', context]);
    const pieces: Buffer[] = [];
    for await (const piece of child.stdout!) pieces.push(piece as Buffer);
    for (const bytes of [readFileSync(archive), Buffer.concat(pieces)]) {
      const members = new Map([...readTar(bytes)].map((member) => [member.path as string, member]));
      expect(members.get('away')?.linkTarget).toBe('/etc/passwd');
      expect(members.get('large.bin')?.data.length).toBe(1_280_000);
    }
    expectError(await tryOutput(context, 'type=tar'), 'USAGE', 2);
  });

  it('type=docker is an archive that docker loads', async () => {
    const context = contextOf(copySource);
    const tag = temporaryTag(engine.api);
    const archive = join(context, '../image.tar');
    const id = await output(context, `type=docker,dest=${archive}`, ['-t', tag]);
    const built = await imageTree(engine.api, tag);
    await engine.api.removeImage(tag);
    execFileSync(engine.cli, ['load', '-i', archive], { stdio: 'pipe' });
    expect(await engine.api.imageId(tag)).toBe(id);
    expect(await imageTree(engine.api, tag)).toEqual(built);
  });

  it('several results of one build: files, an archive and an image', async () => {
    const context = contextOf(copySource);
    const tag = temporaryTag(engine.api);
    const [dest, archive] = [join(context, '../dest'), join(context, '../result.tar')];
    await output(context, dest, ['-o', `type=tar,dest=${archive}`, '--load', '-t', tag, '--no-cache']);
    expect(folderDigest(dest)).toBe(folderDigest(join(context, 'src')));
    expect([...readTar(readFileSync(archive))].map(({ path }) => path)).toContain('a.txt');
    expect((await imageTree(engine.api, tag)).size).toBeGreaterThan(0);
  });

  it('what a step made to harm is refused or harmless: devices, pipes, setuid, links to elsewhere', async () => {
    const outside = join(temporaryFolder(), 'outside');
    mkdirSync(outside);
    const refused = async (step: string) => {
      const context = contextOf(`FROM ${baseImage}\nRUN ${step}\n`);
      const dest = join(context, '../dest');
      const failure = expectError(await tryOutput(context, dest), 'OUTPUT_UNSAFE');
      expect(existsSync(dest)).toBe(false);
      return failure.message;
    };
    expect(await refused('/bin/busybox mknod /null c 1 3')).toContain('"null"');
    expect(await refused('/bin/busybox mkfifo /pipe')).toContain('"pipe"');
    const context = contextOf(
      `FROM ${baseImage}\nRUN touch /su && /bin/busybox chmod 6755 /su && /bin/busybox ln -s ${outside} /out && ` +
        '/bin/busybox ln /su /again && mkdir /closed && touch /closed/x && /bin/busybox chmod 0 /closed\n',
    );
    const dest = join(context, '../dest');
    await output(context, dest);
    expect(lstatSync(join(dest, 'su')).mode & 0o7777).toBe(0o755);
    expect(lstatSync(join(dest, 'closed')).mode & 0o777).toBe(0);
    expect(lstatSync(join(dest, 'su')).ino).toBe(lstatSync(join(dest, 'again')).ino);
    expect(readlinkSync(join(dest, 'out'))).toBe(outside);
    await output(context, dest); // over what is there: the link is replaced, not followed
    expect(readdirSync(outside)).toEqual([]);
  });

  it('nothing appears of a build that fails, and what is there stays', async () => {
    const context = contextOf(`FROM ${baseImage}\nRUN false\n`);
    const dest = join(context, '../dest');
    makeTree(dest, [file('mine', 'mine')]);
    expectError(await tryOutput(context, `type=local,dest=${dest},mode=delete`), 'BUILD_FAILED', 3);
    expect(readdirSync(dest)).toEqual(['mine']);
  });

  it('a place that cannot be written is named, and the next build works', async () => {
    const context = contextOf(copySource);
    const taken = join(context, '../taken');
    writeFileSync(taken, 'mine');
    const failure = expectError(await tryOutput(context, taken), 'OUTPUT_FAILED');
    expect(failure.message).toContain(taken);
    expectError(await tryOutput(context, '/proc/presync-test'), 'OUTPUT_FAILED');
    expectError(await tryOutput(context, 'type=tar,dest=/dev/null/x'), 'OUTPUT_FAILED');
    expectError(await tryOutput(context, 'type=oci,dest=/nowhere/x'), 'BUILDER_UNSUPPORTED');
    await output(context, join(context, '../dest'));
  });

  it('a client that is killed leaves nothing behind in the place of its result', async () => {
    const context = contextOf(`FROM ${baseImage}\nCOPY src /\nRUN sleep 60\n`);
    const dest = join(context, '../dest');
    const child = sandbox.spawn(['build', '--no-cache', '-o', dest, context]);
    child.stderr!.on('data', (text) => String(text).includes('RUN sleep 60') && child.kill('SIGKILL'));
    await new Promise((resolve) => child.once('close', resolve));
    expect(existsSync(dest)).toBe(false);
    writeFileSync(join(context, 'Dockerfile'), `FROM ${baseImage}\nCOPY src /\n`);
    await output(context, dest);
    expect(existsSync(join(dest, 'a.txt'))).toBe(true);
  });
});

function secondsOf(path: string): number {
  return Math.floor(lstatSync(path).mtimeMs / 1000);
}
