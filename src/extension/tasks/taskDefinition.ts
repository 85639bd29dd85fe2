/** The task type `presync`: what stands in tasks.json, and what it means. The schema is in package.json. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { PresyncError } from '../../base/errors.ts';
import type { BuildChoice } from '../build/buildChoice.ts';
import { usualTag } from '../build/buildChoice.ts';
import type { ContextSource } from '../link/workerApi.ts';

export const taskType = 'presync';

/** Paths are relative to the workspace folder. */
export interface BuildTaskDefinition {
  readonly type: typeof taskType;
  readonly dockerfile: string;
  /** Where it is not the Dockerfile's folder. */
  readonly context?: string;
}

/** The definition of the task that builds a context of a workspace folder. */
export function definitionOf({ folder, dockerfile }: ContextSource, workspaceFolder: string): BuildTaskDefinition {
  const path = (absolute: string) => relative(workspaceFolder, absolute).replaceAll(sep, '/') || '.';
  const context = folder === dirname(dockerfile) ? {} : { context: path(folder) };
  return { type: taskType, dockerfile: path(dockerfile), ...context };
}

/**
 * What a definition asks for. `workspaceFolder` is what its paths are relative to; undefined for a task of no folder.
 * USAGE, in words, for what is not as the schema says: VS Code only underlines that.
 */
export function choiceOf(definition: object, workspaceFolder: string | undefined): BuildChoice {
  const {
    dockerfile = 'Dockerfile',
    context,
    tags,
    target = '',
    buildArgs = {},
    noCache = false,
  } = definition as Record<string, unknown>;
  if (!isPath(dockerfile)) throw wrong('dockerfile', 'a path');
  if (context !== undefined && !isPath(context)) throw wrong('context', 'a path');
  if (tags !== undefined && !isTextList(tags)) throw wrong('tags', 'a list of names');
  if (typeof target !== 'string') throw wrong('target', 'the name of a stage');
  if (!isTextMap(buildArgs)) throw wrong('buildArgs', 'an object of texts');
  if (typeof noCache !== 'boolean') throw wrong('noCache', 'true or false');
  const file = absolutePath(dockerfile, workspaceFolder);
  const folder = context === undefined ? dirname(file) : absolutePath(context, workspaceFolder);
  const source = { folder, dockerfile: file };
  return {
    source,
    tags: tags ?? [usualTag(source)],
    target,
    buildArgs: Object.entries(buildArgs).map(([name, value]) => `${name}=${value}`),
    noCache,
  };
}

function absolutePath(path: string, workspaceFolder: string | undefined): string {
  if (workspaceFolder !== undefined) return resolve(workspaceFolder, path);
  if (isAbsolute(path)) return resolve(path);
  throw new PresyncError('USAGE', `The task's path "${path}" is relative to no workspace folder.`, {
    hint: 'Move the task to the tasks.json of a folder, or use ${workspaceFolder:NAME}.',
  });
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTextMap(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((item) => typeof item === 'string');
}

function wrong(name: string, what: string): PresyncError {
  return new PresyncError('USAGE', `"${name}" of the task has to be ${what}.`, { hint: 'Correct it in tasks.json.' });
}
