import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, DiagnosticSeverity, languages } from 'vscode';
import { at, keepInSync, read, until, write } from './folder.ts';

suite('problems', () => {
  let good: string;
  // Whatever another suite has left in the editor.
  const build = () => commands.executeCommand('presync.buildThisDockerfile', at('Dockerfile'));
  const found = () => languages.getDiagnostics(at('Dockerfile'));

  suiteSetup(async () => {
    good = read('Dockerfile');
    await keepInSync();
  });

  suiteTeardown(() => write('Dockerfile', good));

  test('a step that fails is marked, with all of its lines, until a build is good', async () => {
    write('Dockerfile', `${good}RUN true && \\\n    false\n`);
    await build();
    await until('a problem', () => found().length > 0);
    const [problem, ...others] = found();
    assert.deepEqual(others, []);
    assert.equal(problem!.severity, DiagnosticSeverity.Error);
    assert.equal(problem!.source, 'presync');
    assert.deepEqual([problem!.range.start.line, problem!.range.end.line], [2, 3]);

    write('Dockerfile', good);
    await build();
    await until('no problem', () => found().length === 0);
  });

  test('a COPY of what the ignore file excludes is marked', async () => {
    write('.dockerignore', 'secret.txt\n');
    write('secret.txt', 'secret\n');
    write('Dockerfile', `${good}COPY secret.txt /\n`);
    await build();
    await until('a problem', () => found().some(({ message }) => /secret\.txt/.test(message)));
    assert.equal(
      found().every(({ range }) => range.start.line === 2),
      true,
    );
  });
});
