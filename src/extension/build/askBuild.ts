/** Build Image…: which target, tag and build arguments, in quick picks that begin with the last choice. */
import { window } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { parseTag } from '../../context/tagName.ts';
import { readBuildArgs, writeBuildArgs } from './buildArgsText.ts';
import type { BuildChoice } from './buildChoice.ts';

export interface Asked {
  readonly choice: BuildChoice;
  /** Write the values of the build arguments down. */
  readonly keepArgs: boolean;
}

/** `stages` are the named stages of the Dockerfile, in their order. Undefined when the user leaves. */
export async function askBuild(last: BuildChoice, stages: readonly string[]): Promise<Asked | undefined> {
  const title = numbered(stages.length > 0 ? 4 : 3);
  const target = stages.length > 0 ? await askTarget(title(), last.target, stages) : '';
  if (target === undefined) return undefined;
  const tag = await askTag(title(), last.tags[0] ?? '');
  if (tag === undefined) return undefined;
  const buildArgs = await askBuildArgs(title(), last.buildArgs);
  if (buildArgs === undefined) return undefined;
  const options = await askOptions(title(), last.noCache, buildArgs.length > 0);
  if (options === undefined) return undefined;
  const { noCache, keepArgs } = options;
  return { choice: { source: last.source, tags: tag === '' ? [] : [tag], target, buildArgs, noCache }, keepArgs };
}

/** Titles of so many questions, one after the other. */
function numbered(questions: number): () => string {
  let number = 0;
  return () => `Build Image (${++number}/${questions})`;
}

async function askTarget(title: string, last: string, stages: readonly string[]): Promise<string | undefined> {
  const whole = { label: 'The last stage', description: 'the whole Dockerfile', stage: '' };
  const items = [whole, ...stages.map((stage) => ({ label: stage, description: 'up to this stage', stage }))];
  // The one of last time comes first, so that Enter repeats it.
  items.sort((a, b) => Number(b.stage === last) - Number(a.stage === last));
  const picked = await window.showQuickPick(items, { title, placeHolder: 'Which stage?' });
  return picked?.stage;
}

function askTag(title: string, last: string): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt: 'Tag of the image; empty for none',
    value: last,
    validateInput: (value) => (value === '' ? undefined : tagProblem(value)),
  });
}

function tagProblem(value: string): string | undefined {
  try {
    parseTag(value);
    return undefined;
  } catch (thrown) {
    return PresyncError.from(thrown).message;
  }
}

/** Arguments as a shell has them: parts with blanks in double quotes. */
async function askBuildArgs(title: string, last: readonly string[]): Promise<string[] | undefined> {
  const value = await window.showInputBox({
    title,
    prompt: 'Build arguments as NAME=value, separated by blanks; quote a value with blanks: "NAME=a b"',
    value: writeBuildArgs(last),
    validateInput: (text) => (readBuildArgs(text) === undefined ? 'Write NAME=value, separated by blanks.' : undefined),
  });
  return value === undefined ? undefined : readBuildArgs(value);
}

async function askOptions(
  title: string,
  noCache: boolean,
  hasArgs: boolean,
): Promise<{ noCache: boolean; keepArgs: boolean } | undefined> {
  const cold = { label: 'Without cache', description: 'run every step again', picked: noCache };
  const keep = {
    label: 'Remember the build arguments',
    description: 'their values are kept in this workspace’s storage',
  };
  const picked = await window.showQuickPick(hasArgs ? [cold, keep] : [cold], {
    title,
    placeHolder: 'Options; Enter builds',
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const has = (label: string) => picked.some((item) => item.label === label);
  return { noCache: has(cold.label), keepArgs: has(keep.label) };
}
