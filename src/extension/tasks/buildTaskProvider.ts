/** Builds as tasks: one for each context in use, and those of tasks.json. They show no problem twice: no matcher. */
import type { TaskProvider, WorkspaceFolder } from 'vscode';
import { CustomExecution, Task, TaskGroup, tasks, TaskScope, Uri, workspace } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { PresyncError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { BuildRunner } from '../build/buildRunner.ts';
import { BuildTerminal } from '../build/buildTerminal.ts';
import { newTerminal } from '../build/newTerminal.ts';
import { keyOf, namesOf } from '../contexts/contextSource.ts';
import { fileExists } from '../fileExists.ts';
import type { ContextSource } from '../link/workerApi.ts';
import { choiceOf, definitionOf, taskType } from './taskDefinition.ts';

export interface BuildTaskPorts {
  /** The contexts that tasks are offered for. */
  sources(): Promise<readonly ContextSource[]>;
  readonly runner: Pick<BuildRunner, 'run'>;
  readonly clock: Clock;
}

export class BuildTaskProvider implements TaskProvider, Disposable {
  readonly #ports: BuildTaskPorts;
  readonly #registration: Disposable;

  constructor(ports: BuildTaskPorts) {
    this.#ports = ports;
    this.#registration = tasks.registerTaskProvider(taskType, this);
  }

  async provideTasks(): Promise<Task[]> {
    const sources = await this.#ports.sources();
    const names = namesOf(sources);
    return sources.flatMap((source) => {
      const folder = workspace.getWorkspaceFolder(Uri.file(source.dockerfile));
      if (folder === undefined) return [];
      return [this.#task(definitionOf(source, folder.uri.fsPath), folder, `build ${names.get(keyOf(source))}`)];
    });
  }

  /** VS Code wants the very definition back that it has read. */
  resolveTask({ definition, scope, name }: Task): Task {
    return this.#task(definition, scope ?? TaskScope.Workspace, name);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #task(definition: Task['definition'], scope: WorkspaceFolder | TaskScope, name: string): Task {
    const folder = typeof scope === 'object' ? scope : onlyFolder();
    const execution = new CustomExecution((resolved) =>
      Promise.resolve(this.#terminal(resolved, folder?.uri.fsPath, name)),
    );
    const task = new Task(definition, scope, name, taskType, execution, []);
    task.group = TaskGroup.Build;
    return task;
  }

  /** `definition` has its variables filled in. What is wrong with it is said in the terminal. */
  #terminal(definition: object, workspaceFolder: string | undefined, name: string): BuildTerminal {
    const { runner, clock } = this.#ports;
    try {
      const choice = choiceOf(definition, workspaceFolder);
      const checked: typeof runner = {
        run: async (...build) => {
          await mustExist(choice.source.dockerfile);
          return runner.run(...build);
        },
      };
      return newTerminal(choice, checked, clock, true);
    } catch (thrown) {
      const fail = () => Promise.reject(PresyncError.from(thrown));
      return new BuildTerminal({
        title: name,
        dockerfile: 'tasks.json',
        readDockerfile: fail,
        run: fail,
        clock,
        task: true,
      });
    }
  }
}

/** What the paths of a task are relative to that belongs to no folder. */
function onlyFolder(): WorkspaceFolder | undefined {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length === 1 ? folders[0] : undefined;
}

async function mustExist(dockerfile: string): Promise<void> {
  if (await fileExists(dockerfile)) return;
  throw new PresyncError('DOCKERFILE_NOT_FOUND', `There is no Dockerfile ${workspace.asRelativePath(dockerfile)}.`, {
    hint: 'Check "dockerfile" of the task in tasks.json: it is relative to the workspace folder.',
  });
}
