/** What the user is told when a build has failed: the terminal has the details. */
import { Range, Uri, window } from 'vscode';
import { dockerfilePlace } from '../../client/progress/dockerfilePlace.ts';
import type { Action, Messages } from '../messages.ts';
import type { EndedBuild } from './buildRunner.ts';

export async function tellFailure({ choice, error }: EndedBuild, messages: Messages): Promise<void> {
  if (error === undefined) return;
  const place = dockerfilePlace(error);
  const { dockerfile } = choice.source;
  await messages.failed(error, ...(place === undefined ? [] : [goToLine(dockerfile, place.line)]));
}

/** `line` counts from 1. */
function goToLine(dockerfile: string, line: number): Action {
  const selection = new Range(line - 1, 0, line - 1, 0);
  return { title: `Go to Line ${line}`, run: () => window.showTextDocument(Uri.file(dockerfile), { selection }) };
}
