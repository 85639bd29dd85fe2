/** Finding Dockerfiles in the workspace. */
import type { Uri } from 'vscode';
import { workspace } from 'vscode';
import { fileExists } from '../fileExists.ts';
import type { Settings } from '../settings.ts';
import type { ContextSource } from '../link/workerApi.ts';
import { isWithin, keyOf, sourceOf } from './contextSource.ts';

const anyDockerfile = '**/{Dockerfile,Containerfile,*.Dockerfile,*.dockerfile,Dockerfile.*}';
const notWorthALook = '**/{node_modules,.git,vendor}/**';
const shown = 100;

/** The contexts of the workspace by its settings, those whose Dockerfile is there. */
export async function configuredSources(settings: Settings): Promise<ContextSource[]> {
  const folders = workspace.workspaceFolders ?? [];
  const all = folders.filter(({ uri }) => uri.scheme === 'file').flatMap((folder) => settings.sources(folder));
  const present = await Promise.all(all.map(({ dockerfile }) => fileExists(dockerfile)));
  return all.filter((_, index) => present[index]);
}

/** Every Dockerfile of the workspace with the folder that it is in, for when the settings name none that is there. */
export async function anySources(): Promise<ContextSource[]> {
  const found = await workspace.findFiles(anyDockerfile, notWorthALook, shown);
  return found.filter(isDockerfile).map(({ fsPath }) => sourceOf(fsPath));
}

/** The context that a file most likely belongs to: the innermost one of those that hold it. */
export function contextOf(file: string, sources: readonly ContextSource[]): ContextSource | undefined {
  const isIn = ({ folder, dockerfile }: ContextSource) => file === dockerfile || isWithin(file, folder);
  return sources.filter(isIn).sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** Each context once. */
export function distinct(sources: readonly ContextSource[]): ContextSource[] {
  return [...new Map(sources.map((source) => [keyOf(source), source])).values()];
}

/** `app.dockerignore` lies beside Dockerfiles and is none. */
function isDockerfile({ path }: Uri): boolean {
  return !path.endsWith('.dockerignore');
}
