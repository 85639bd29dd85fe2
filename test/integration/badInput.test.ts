/**
 * Every bad input gives one error with its code, a hint and the exit code of the contract, and loses nothing: the same
 * daemon builds the good context afterwards without being sent anything again.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/base/errors.ts';
import type { BuildOptions } from '../support/dockerCli.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import type { TreeItem } from '../support/madeTree.ts';
import { file, folder, makeTree } from '../support/madeTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder } from '../support/temporary.ts';

const copyAll = 'FROM scratch\nCOPY . /src\n';

describe.each(suites)('bad input on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  const good = join(sandbox.home, 'good');
  let daemon: number[];

  beforeAll(async () => {
    makeTree(good, [file('Dockerfile', copyAll), file('x')]);
    await sandbox.build(good);
    daemon = sandbox.daemonPids();
  });

  afterAll(async () => {
    // The session stayed up and the store is whole.
    expect(sandbox.daemonPids()).toEqual(daemon);
    const { sent, builder } = await sandbox.build(good);
    expect([sent.files, builder.diffCopies]).toEqual([0, 0]);
    const { status, stdout, stderr } = await sandbox.run(['verify']);
    expect(status, stdout + stderr).toBe(0);
  });

  function contextOf(items: readonly TreeItem[]): string {
    const context = join(temporaryFolder(), 'context');
    makeTree(context, items);
    return context;
  }

  it.each<[string, readonly TreeItem[], ErrorCode, BuildOptions]>([
    ['no Dockerfile', [file('x')], 'DOCKERFILE_NOT_FOUND', {}],
    ['no Dockerfile of that name', [file('Dockerfile', copyAll)], 'DOCKERFILE_NOT_FOUND', { file: 'absent' }],
    ['a Dockerfile that is a folder', [folder('Dockerfile')], 'DOCKERFILE_INVALID', {}],
    ['an empty Dockerfile', [file('Dockerfile', '')], 'DOCKERFILE_EMPTY', {}],
    ['a Dockerfile of comments', [file('Dockerfile', '# nothing\n\n')], 'DOCKERFILE_EMPTY', {}],
    ['an empty Dockerfile on stdin', [file('x')], 'DOCKERFILE_EMPTY', { stdin: '' }],
    ['a tag with capitals', [file('Dockerfile', copyAll)], 'BAD_TAG', { tag: 'Capitals' }],
    ['an empty tag', [file('Dockerfile', copyAll)], 'BAD_TAG', { tag: ':' }],
    ['a build arg without a name', [file('Dockerfile', copyAll)], 'BAD_BUILD_ARG', { buildArgs: { '': 'value' } }],
    [
      'an unclosed bracket in .dockerignore',
      [file('Dockerfile', copyAll), file('.dockerignore', 'x\na[\n')],
      'IGNORE_PATTERN',
      {},
    ],
    ['a lone ! in .dockerignore', [file('Dockerfile', copyAll), file('.dockerignore', '!\n')], 'IGNORE_PATTERN', {}],
  ])('%s', async (_, items, code, options) => {
    expectError(await sandbox.tryBuild(contextOf(items), options), code);
  });

  it('names the pattern that is wrong, and its line', async () => {
    const context = contextOf([file('Dockerfile', copyAll), file('.dockerignore', '# fine\nx\na[\n')]);
    const { message } = expectError(await sandbox.tryBuild(context), 'IGNORE_PATTERN');
    expect(message).toContain('a[');
    expect(message).toContain('3');
  });

  it('a context that is not there, or no folder', async () => {
    const context = contextOf([file('plain')]);
    expectError(await sandbox.tryBuild(join(context, 'absent')), 'CONTEXT_NOT_FOUND');
    expectError(await sandbox.tryBuild(join(context, 'plain')), 'CONTEXT_NOT_DIRECTORY');
  });

  it('a build that fails: its step, exit code and Dockerfile line, exit 3', async () => {
    const context = contextOf([file('Dockerfile', `FROM ${baseImage}\nCOPY . /src\n\nRUN echo before && exit 41\n`)]);
    const ended = await sandbox.tryBuild(context);
    const failure = expectError(ended, 'BUILD_FAILED', 3);
    expect(failure.message).toContain('RUN echo before && exit 41');
    expect(failure.message).toContain('41');
    expect(`${failure.message}\n${JSON.stringify(failure)}`).toMatch(/line\W+4|Dockerfile:4/);
    expect(ended.stderr).toContain('before');
  });

  it('a Dockerfile that BuildKit does not understand, with its line', async () => {
    const context = contextOf([file('Dockerfile', 'FROM scratch\nCOPIED . /src\n')]);
    const failure = expectError(await sandbox.tryBuild(context), 'BUILD_FAILED', 3);
    expect(`${failure.message}\n${JSON.stringify(failure)}`).toMatch(/line\W+2|Dockerfile:2/);
  });

  it('a COPY of what is not there', async () => {
    const context = contextOf([file('Dockerfile', 'FROM scratch\nCOPY absent /\n')]);
    expect(expectError(await sandbox.tryBuild(context), 'BUILD_FAILED', 3).message).toContain('absent');
  });

  it('bad usage exits 2', async () => {
    const addresses = [
      ['build', '--builder', 'foo://x', good],
      ['watch', '--daemon', 'bogus', good],
      ['install', 'foo'],
    ];
    for (const args of [['build', '--no-such-flag', good], ['no-such-command'], ['build', good, good], ...addresses]) {
      const { status, stderr, stdout } = await sandbox.run(args);
      expect(status, args.join(' ')).toBe(2);
      expect(stderr + stdout).toMatch(/\w/);
    }
  });

  it('without --json the error goes to stderr, with its hint', async () => {
    const { status, stdout, stderr } = await sandbox.run(['build', contextOf([file('x')])]);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Dockerfile/);
  });
});
