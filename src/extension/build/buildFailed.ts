/** What the user is told when a build has failed: in short, with the way to its line and to what it printed. */
import type { Terminal } from 'vscode';
import { Range, Uri, window, workspace } from 'vscode';
import type { PresyncError } from '../../base/errors.ts';
import type { DockerfilePlace } from '../../client/progress/dockerfilePlace.ts';
import { dockerfilePlace } from '../../client/progress/dockerfilePlace.ts';
import { unplacedMessage } from '../../client/progress/failureLines.ts';
import { nameOf } from '../contexts/contextSource.ts';
import type { Action, Messages } from '../messages.ts';
import { showLog } from '../messages.ts';
import { sentences } from '../sentences.ts';
import type { BuildChoice } from './buildChoice.ts';
import type { EndedBuild } from './buildRunner.ts';
import { buildLimits } from './limits.ts';

/** `terminal` is the one that the build printed to; undefined where there is none to show. */
export async function tellFailure(
  { choice, error }: EndedBuild,
  terminal: Terminal | undefined,
  messages: Messages,
): Promise<void> {
  if (error === undefined) return;
  const place = dockerfilePlace(error);
  // Of what is in the way of any build the message says all, and what to do.
  if (place === undefined && error.code !== 'BUILD_FAILED') return messages.failed(error);
  const goThere = place === undefined ? [] : [goToLine(choice.source.dockerfile, place.line)];
  await messages.error(
    failureText(choice, error, place),
    ...goThere,
    terminal === undefined ? showLog : show(terminal),
  );
}

function failureText(choice: BuildChoice, error: PresyncError, place: DockerfilePlace | undefined): string {
  const what = choice.tags[0] ?? nameOf(choice.source);
  const file = workspace.asRelativePath(choice.source.dockerfile, false);
  const [reason = ''] = unplacedMessage(error).split('\n');
  return sentences(
    `Build of ${what} failed${place === undefined ? '' : ` at ${file}:${place.line}`}`,
    shortened(reason),
  );
}

function shortened(reason: string): string {
  return reason.length <= buildLimits.reason ? reason : `${reason.slice(0, buildLimits.reason - 1)}…`;
}

function show(terminal: Terminal): Action {
  return { title: 'Show Terminal', run: () => terminal.show() };
}

/** `line` counts from 1. */
function goToLine(dockerfile: string, line: number): Action {
  const selection = new Range(line - 1, 0, line - 1, 0);
  return { title: `Go to Line ${line}`, run: () => window.showTextDocument(Uri.file(dockerfile), { selection }) };
}
