import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import type { Task } from 'vscode';
import { languages, TaskGroup, tasks } from 'vscode';
import { at, keepInSync, read, until, write } from './folder.ts';

suite('tasks', () => {
  let good: string;

  suiteSetup(async () => {
    good = read('Dockerfile');
    await keepInSync();
  });

  suiteTeardown(() => write('Dockerfile', good));

  test('every build context has one, among the build tasks', async () => {
    const [task, ...others] = (await tasks.fetchTasks({ type: 'presync' })).filter(
      ({ source }) => source === 'presync',
    );
    assert.deepEqual(others, []);
    assert.equal(task!.group, TaskGroup.Build);
    assert.deepEqual(task!.definition, { type: 'presync', dockerfile: 'Dockerfile' });
  });

  test('those of tasks.json build, and end with 0', async () => {
    assert.equal(await exitCode(await named('image')), 0);
  });

  test('end with 3 when the build fails', async () => {
    write('Dockerfile', `${good}RUN false\n`);
    assert.equal(await exitCode(await named('image')), 3);
    write('Dockerfile', good);
  });

  test('the CLI is on the terminal’s PATH, and $presync finds what it says', async () => {
    write('Dockerfile', `${good}RUN false\n`);
    assert.equal(await exitCode(await named('shell')), 3);
    const marked = () => languages.getDiagnostics(at('Dockerfile')).filter(({ source }) => source === 'presync');
    await until('a problem', () => marked().length > 0);
    assert.equal(marked()[0]!.range.start.line, 2);
    write('Dockerfile', good);
  });
});

async function named(name: string): Promise<Task> {
  return (await tasks.fetchTasks()).find((task) => task.name === name)!;
}

function exitCode(task: Task): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const listening = tasks.onDidEndTaskProcess(({ execution, exitCode: code }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(code);
    });
    tasks.executeTask(task).then(undefined, reject);
  });
}
