/** Which build context a command is about: the one that the user points at, the only one, or what is picked. */
import { Uri, window, workspace } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { namesOf, sourceOf, keyOf } from '../contexts/contextSource.ts';
import { contextOf, distinct, isDockerfile } from '../contexts/dockerfiles.ts';
import type { WindowContexts } from '../contexts/windowContexts.ts';
import type { ContextSource } from '../link/workerApi.ts';

export type Contexts = Pick<WindowContexts, 'sources' | 'offered' | 'isKept'>;

export interface SourceQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** What is marked. */
  isKept?(source: ContextSource): boolean;
}

/** One of several contexts; undefined when the user leaves. With one there is no question. */
export async function askSource(
  sources: readonly ContextSource[],
  { title, placeHolder, isKept = () => false }: SourceQuestion,
): Promise<ContextSource | undefined> {
  if (sources.length <= 1) return sources[0];
  const names = namesOf(sources);
  const items = sources.map((source) => ({
    label: names.get(keyOf(source))!,
    description: workspace.asRelativePath(source.dockerfile) + (isKept(source) ? ' · kept in sync' : ''),
    source,
  }));
  const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return picked?.source;
}

/** What a build without questions is of: a question is asked only where nothing tells. */
export async function sourceToBuild(contexts: Contexts): Promise<ContextSource | undefined> {
  const known = await contexts.sources();
  const only = known.length === 1 ? known[0] : undefined;
  return pointedAt(known) ?? only ?? askToBuild(contexts, 'Build Image');
}

/** Any of the workspace, what the editor points at first. */
export async function askToBuild(contexts: Contexts, title: string): Promise<ContextSource | undefined> {
  const pointed = pointedAt(await contexts.sources());
  const offered = await allOf(contexts);
  const sources = pointed === undefined ? offered : distinct([pointed, ...offered]);
  const { isKept } = contexts;
  return askSource(sources, { title, placeHolder: 'Which Dockerfile?', isKept });
}

/** All contexts of the workspace. DOCKERFILE_NOT_FOUND where there is none. */
export async function allOf(contexts: Contexts): Promise<readonly ContextSource[]> {
  const offered = await contexts.offered();
  if (offered.length > 0) return offered;
  throw new PresyncError('DOCKERFILE_NOT_FOUND', 'There is no Dockerfile in this workspace.', {
    hint: 'Add one, or name it in the setting presync.contexts.',
  });
}

/**
 * The context that the settings have for a Dockerfile, else the folder that it is in. Without `uri` the editor's.
 * DOCKERFILE_NOT_FOUND for what is no Dockerfile of the workspace.
 */
export async function sourceOfDockerfile(uri: Uri | undefined, contexts: Contexts): Promise<ContextSource> {
  const target = uri instanceof Uri ? uri : window.activeTextEditor?.document.uri;
  const source = target && ownSource(target, await contexts.sources());
  if (source !== undefined) return source;
  throw new PresyncError('DOCKERFILE_NOT_FOUND', 'This is no Dockerfile of the workspace.', {
    hint: 'Open one that is in a folder of the workspace.',
  });
}

/** What the active editor shows: a Dockerfile's own context, else the known one that the file is in. */
function pointedAt(known: readonly ContextSource[]): ContextSource | undefined {
  const uri = window.activeTextEditor?.document.uri;
  if (uri?.scheme !== 'file') return undefined;
  return ownSource(uri, known) ?? contextOf(uri.fsPath, known);
}

function ownSource(uri: Uri, known: readonly ContextSource[]): ContextSource | undefined {
  if (uri.scheme !== 'file' || workspace.getWorkspaceFolder(uri) === undefined) return undefined;
  const { fsPath } = uri;
  const named = known.filter(({ dockerfile }) => dockerfile === fsPath);
  return contextOf(fsPath, named) ?? (isDockerfile(fsPath) ? sourceOf(fsPath) : undefined);
}
