import type { Task } from 'vscode';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BuildChoice } from '../../../../src/extension/build/buildChoice.ts';
import type { BuildTerminal } from '../../../../src/extension/build/buildTerminal.ts';
import { BuildTaskProvider } from '../../../../src/extension/tasks/buildTaskProvider.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';
import type { CustomExecution } from '../../../support/vscode.ts';
import { fake, resetVscode, Task as FakeTask, TaskGroup, TaskScope } from '../../../support/vscode.ts';

let built: BuildChoice[];
let clock: FakeClock;
let provider: BuildTaskProvider;

beforeEach(() => {
  resetVscode();
  fake.addFolder('/ws');
  fake.disk.files.set('/ws/Dockerfile', 'FROM x\n');
  built = [];
  clock = new FakeClock();
  provider = new BuildTaskProvider({
    sources: () =>
      Promise.resolve([
        { folder: '/ws', dockerfile: '/ws/Dockerfile' },
        { folder: '/elsewhere', dockerfile: '/elsewhere/Dockerfile' },
      ]),
    runner: { run: (choice) => (built.push(choice), new Promise(() => {})) },
    clock,
  });
});

/** Runs a task as VS Code does, with its variables filled in; what its terminal shows, and its exit code. */
async function run(task: Task, resolved: object = task.definition) {
  const { callback } = task.execution as unknown as CustomExecution;
  const terminal = (await callback(resolved)) as BuildTerminal;
  const shown = { text: '', exit: undefined as unknown };
  terminal.onDidWrite((text) => (shown.text += text));
  terminal.onDidClose((code) => (shown.exit = code));
  terminal.open();
  await settle();
  await clock.advance(1000);
  return shown;
}

const written = (definition: object, scope: unknown = fake.folders[0]) =>
  new FakeTask(definition, scope, 'mine', 'presync') as unknown as Task;

describe('tasks that are offered', () => {
  test('are builds of the contexts in the workspace, and match no problems', async () => {
    const tasks = await provider.provideTasks();
    expect(tasks).toMatchObject([
      {
        definition: { type: 'presync', dockerfile: 'Dockerfile' },
        scope: fake.folders[0],
        name: 'build ws',
        source: 'presync',
        group: TaskGroup.Build,
        problemMatchers: [],
      },
    ]);
    await run(tasks[0]!);
    expect(built).toMatchObject([{ source: { folder: '/ws', dockerfile: '/ws/Dockerfile' } }]);
  });

  test('are there until the provider is disposed', () => {
    expect(fake.providers.get('task:presync')).toBe(provider);
    provider.dispose();
    expect(fake.providers.size).toBe(0);
  });
});

describe('a task of tasks.json', () => {
  test('keeps its definition, and builds with its variables filled in', async () => {
    const definition = { type: 'presync', dockerfile: '${input:which}' };
    const task = provider.resolveTask(written(definition));
    expect(task.definition).toBe(definition);
    fake.disk.files.set('/ws/docker/web', 'FROM x\n');
    await run(task, { type: 'presync', dockerfile: 'docker/web', tags: ['web:1'] });
    expect(built).toMatchObject([{ source: { folder: '/ws/docker', dockerfile: '/ws/docker/web' }, tags: ['web:1'] }]);
  });

  test('of the whole workspace is relative to its only folder', async () => {
    await run(provider.resolveTask(written({ type: 'presync' }, TaskScope.Workspace)));
    expect(built).toMatchObject([{ source: { folder: '/ws' } }]);
  });

  test('of several folders says that it does not know which', async () => {
    fake.addFolder('/other');
    const { text, exit } = await run(provider.resolveTask(written({ type: 'presync' }, TaskScope.Workspace)));
    expect(text).toContain('relative to no workspace folder');
    expect(exit).toBe(2);
    expect(built).toEqual([]);
  });

  test('whose Dockerfile is missing says so in its terminal and fails', async () => {
    const { text, exit } = await run(provider.resolveTask(written({ type: 'presync', dockerfile: 'nope' })));
    expect(text).toContain('ERROR: There is no Dockerfile nope.');
    expect(text).toContain('hint: Check "dockerfile" of the task');
    expect(exit).toBe(1);
    expect(built).toEqual([]);
  });

  test('that is wrong says what', async () => {
    const { text, exit } = await run(provider.resolveTask(written({ type: 'presync', tags: 'app' })));
    expect(text).toContain('ERROR: "tags" of the task has to be a list of names.');
    expect(exit).toBe(2);
  });
});
