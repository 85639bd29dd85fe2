/** Build Image…: which Dockerfile, target, tag and build arguments, in quick picks that begin with the last choice. */
import { window } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { parseTag } from '../../context/tagName.ts';
import { nameOf } from '../contexts/contextSource.ts';
import type { ContextSource } from '../link/workerApi.ts';
import { readBuildArgs, writeBuildArgs } from './buildArgsText.ts';
import type { BuildChoice } from './buildChoice.ts';

export interface Asked {
  readonly choice: BuildChoice;
  /** Write the values of the build arguments down. */
  readonly keepArgs: boolean;
}

/** One of several contexts; undefined when the user leaves. With one there is no question. */
export async function askSource(
  sources: readonly ContextSource[],
  placeHolder: string,
): Promise<ContextSource | undefined> {
  if (sources.length <= 1) return sources[0];
  const items = sources.map((source) => ({ label: nameOf(source), description: source.dockerfile, source }));
  const picked = await window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return picked?.source;
}

/** `stages` are the named stages of the Dockerfile, in their order. Undefined when the user leaves. */
export async function askBuild(last: BuildChoice, stages: readonly string[]): Promise<Asked | undefined> {
  const target = await askTarget(last.target, stages);
  if (target === undefined) return undefined;
  const tag = await askTag(last.tags[0] ?? '');
  if (tag === undefined) return undefined;
  const buildArgs = await askBuildArgs(last.buildArgs);
  if (buildArgs === undefined) return undefined;
  const options = await askOptions(last.noCache, buildArgs.length > 0);
  if (options === undefined) return undefined;
  const { noCache, keepArgs } = options;
  return { choice: { source: last.source, tags: tag === '' ? [] : [tag], target, buildArgs, noCache }, keepArgs };
}

async function askTarget(last: string, stages: readonly string[]): Promise<string | undefined> {
  if (stages.length === 0) return '';
  const whole = { label: 'The last stage', description: 'the whole Dockerfile', stage: '' };
  const items = [whole, ...stages.map((stage) => ({ label: stage, description: 'up to this stage', stage }))];
  // The one of last time comes first, so that Enter repeats it.
  items.sort((a, b) => Number(b.stage === last) - Number(a.stage === last));
  const picked = await window.showQuickPick(items, { title: 'Build Image (1/4)', placeHolder: 'Which stage?' });
  return picked?.stage;
}

function askTag(last: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Build Image (2/4)',
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
async function askBuildArgs(last: readonly string[]): Promise<string[] | undefined> {
  const value = await window.showInputBox({
    title: 'Build Image (3/4)',
    prompt: 'Build arguments as NAME=value, separated by blanks; quote a value with blanks: "NAME=a b"',
    value: writeBuildArgs(last),
    validateInput: (text) => (readBuildArgs(text) === undefined ? 'Write NAME=value, separated by blanks.' : undefined),
  });
  return value === undefined ? undefined : readBuildArgs(value);
}

async function askOptions(
  noCache: boolean,
  hasArgs: boolean,
): Promise<{ noCache: boolean; keepArgs: boolean } | undefined> {
  const cold = { label: 'Without cache', description: 'run every step again', picked: noCache };
  const keep = {
    label: 'Remember the build arguments',
    description: 'their values are kept in this workspace’s storage',
  };
  const picked = await window.showQuickPick(hasArgs ? [cold, keep] : [cold], {
    title: 'Build Image (4/4)',
    placeHolder: 'Options; Enter builds',
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const has = (label: string) => picked.some((item) => item.label === label);
  return { noCache: has(cold.label), keepArgs: has(keep.label) };
}
