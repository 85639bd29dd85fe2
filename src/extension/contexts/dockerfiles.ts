/** Finding Dockerfiles in the workspace. */
import { basename } from 'node:path';
import { Uri, workspace } from 'vscode';
import { fileExists } from '../fileExists.ts';
import type { Settings } from '../settings.ts';
import type { ContextSource } from '../link/workerApi.ts';
import { isWithin, keyOf, sourceOf } from './contextSource.ts';

/** Names as the `when` clauses of package.json have them. */
const dockerfileName = /^(Dockerfile|Containerfile)(\..+)?$|\.[Dd]ockerfile$/;
const anyDockerfile = '**/{Dockerfile,Containerfile,*.Dockerfile,*.dockerfile,Dockerfile.*,Containerfile.*}';
const notWorthALook = '**/{node_modules,.git,vendor}/**';
const shown = 100;

/** The contexts of the workspace by its settings, those whose Dockerfile is there. */
export async function configuredSources(settings: Settings): Promise<ContextSource[]> {
  const folders = workspace.workspaceFolders ?? [];
  const all = folders.filter(({ uri }) => uri.scheme === 'file').flatMap((folder) => settings.sources(folder));
  const present = await Promise.all(all.map(({ dockerfile }) => fileExists(dockerfile)));
  return all.filter((_, index) => present[index]);
}

/** Every Dockerfile of the workspace, by path, with the folder that it is in. */
export async function anySources(): Promise<ContextSource[]> {
  const found = await workspace.findFiles(anyDockerfile, notWorthALook, shown);
  const paths = found.map(({ fsPath }) => fsPath).filter(hasDockerfileName);
  return paths.sort().map(sourceOf);
}

/** Whether a file of the workspace is a Dockerfile, by its name or by the language that its editor has. */
export function isDockerfile(path: string): boolean {
  const uri = Uri.file(path).toString();
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri);
  return hasDockerfileName(path) || document?.languageId === 'dockerfile';
}

/** The context that a file most likely belongs to: its own if it is a Dockerfile, else the innermost that holds it. */
export function contextOf(file: string, sources: readonly ContextSource[]): ContextSource | undefined {
  const own = sources.filter(({ dockerfile }) => file === dockerfile);
  const around = sources.filter(({ folder }) => isWithin(file, folder));
  return innermost(own.length > 0 ? own : around);
}

function innermost(sources: readonly ContextSource[]): ContextSource | undefined {
  return sources.toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

/** Each context once, where it comes first. */
export function distinct(sources: readonly ContextSource[]): ContextSource[] {
  return [...new Map(sources.map((source) => [keyOf(source), source])).values()];
}

/** `app.dockerignore` lies beside Dockerfiles and is none. */
function hasDockerfileName(path: string): boolean {
  return dockerfileName.test(basename(path)) && !path.endsWith('.dockerignore');
}
