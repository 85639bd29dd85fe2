import { beforeEach, describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import type { EndedBuild } from '../../../../src/extension/build/buildRunner.ts';
import { DockerfileProblems } from '../../../../src/extension/build/dockerfileProblems.ts';
import { warning } from '../../../support/buildEvents.ts';
import { DiagnosticSeverity, fake, resetVscode } from '../../../support/vscode.ts';

const dockerfile = '/ws/Dockerfile';
const source = { folder: '/ws', dockerfile };
const choice = { source, tags: [], target: '', buildArgs: [], noCache: false };
const ended = (build: Partial<EndedBuild> = {}): EndedBuild => ({
  choice,
  events: [],
  summary: undefined,
  error: undefined,
  ...build,
});
const failed = (line?: number) =>
  ended({ error: new PresyncError('BUILD_FAILED', 'no', line === undefined ? {} : { data: { line } }) });
const lint = warning('sha256:a', 'Rule: text', { line: 1, url: 'https://example.com/rule/' });

let problems: DockerfileProblems;
let setting: unknown;

beforeEach(() => {
  resetVscode();
  setting = 'auto';
  problems = new DockerfileProblems(() => setting);
  fake.disk.files.set(dockerfile, 'FROM x\n  RUN y \n');
});

describe('a build', () => {
  test('that failed is an error on its line', async () => {
    await problems.report(failed(2));
    expect(fake.diagnostics.get(dockerfile)).toMatchObject([
      {
        severity: DiagnosticSeverity.Error,
        source: 'presync',
        code: 'BUILD_FAILED',
        message: 'no',
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 7 } },
      },
    ]);
  });

  test('that ends well clears it', async () => {
    await problems.report(failed(2));
    await problems.report(ended());
    expect(fake.diagnostics.size).toBe(0);
  });

  test.each([
    ['was cancelled', ended({ error: new PresyncError('CANCELLED', 'x') })],
    ['found no builder', ended({ error: new PresyncError('ENGINE_NOT_FOUND', 'x') })],
    ['failed nobody knows where', failed()],
  ])('that %s leaves it', async (_, build) => {
    await problems.report(failed(2));
    await problems.report(build);
    expect(fake.diagnostics.get(dockerfile)).toHaveLength(1);
  });

  test('of another Dockerfile leaves it', async () => {
    await problems.report(failed(2));
    await problems.report(ended({ choice: { ...choice, source: { folder: '/ws', dockerfile: '/ws/other' } } }));
    expect(fake.diagnostics.get(dockerfile)).toHaveLength(1);
  });

  test('is reported behind the one that ended before it', async () => {
    await Promise.all([problems.report(failed(2)), problems.report(ended())]);
    expect(fake.diagnostics.size).toBe(0);
  });

  test('of a Dockerfile that is gone is no failure, and stops no later report', async () => {
    fake.disk.files.clear();
    await problems.report(failed(2));
    expect(fake.diagnostics.size).toBe(0);
    fake.disk.files.set(dockerfile, 'FROM x\n');
    await problems.report(failed(1));
    expect(fake.diagnostics.size).toBe(1);
  });
});

test('what was found in a file goes with it', async () => {
  fake.disk.files.set('/ws/other', 'FROM x\n');
  await problems.report(failed(2));
  await problems.report({ ...failed(1), choice: { ...choice, source: { folder: '/ws', dockerfile: '/ws/other' } } });
  fake.disk.files.delete(dockerfile);
  await problems.forgetGone();
  expect([...fake.diagnostics.keys()]).toEqual(['/ws/other']);
});

describe('warnings of BuildKit', () => {
  const warned = ended({ events: [lint] });

  test('link to the page of their rule', async () => {
    await problems.report(warned);
    expect(fake.diagnostics.get(dockerfile)).toMatchObject([
      { severity: DiagnosticSeverity.Warning, message: 'text', code: { value: 'Rule' } },
    ]);
    const { target } = fake.diagnostics.get(dockerfile)![0]!.code as { target: unknown };
    expect(String(target)).toBe('https://example.com/rule/');
  });

  test('are left to another linter, unless they are wanted', async () => {
    fake.installed.add('docker.docker');
    await problems.report(warned);
    expect(fake.diagnostics.size).toBe(0);
    setting = 'on';
    await problems.report(warned);
    expect(fake.diagnostics.size).toBe(1);
  });
});

test('a bad rule is an error of the ignore file, until a build can read it', async () => {
  fake.disk.files.set('/ws/.dockerignore', 'a\n[\n');
  const error = new PresyncError('IGNORE_PATTERN', '.dockerignore, line 2: bad: "[".', { data: { line: 2 } });
  await problems.report(ended({ error }));
  expect([...fake.diagnostics.keys()]).toEqual(['/ws/.dockerignore']);
  expect(fake.diagnostics.get('/ws/.dockerignore')).toMatchObject([{ range: { start: { line: 1 } } }]);
  await problems.report(failed(1));
  expect([...fake.diagnostics.keys()]).toEqual([dockerfile]);
});
