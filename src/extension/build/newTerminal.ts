/** The terminal of a build, for commands and tasks. */
import { workspace } from 'vscode';
import type { Clock } from '../../base/time.ts';
import { readDockerfile } from '../../client/recipeFile.ts';
import { nameOf } from '../contexts/contextSource.ts';
import type { BuildChoice } from './buildChoice.ts';
import type { BuildRunner } from './buildRunner.ts';
import { BuildTerminal } from './buildTerminal.ts';

export function newTerminal(
  choice: BuildChoice,
  runner: Pick<BuildRunner, 'run'>,
  clock: Clock,
  task: boolean,
): BuildTerminal {
  const { dockerfile } = choice.source;
  return new BuildTerminal({
    title: choice.tags.join(', ') || nameOf(choice.source),
    dockerfile: workspace.asRelativePath(dockerfile, false),
    readDockerfile: () => readDockerfile(dockerfile),
    run: (listener, signal) => runner.run(choice, listener, signal),
    clock,
    task,
  });
}
