/** Finding the Dockerfile that a command line means. */
import { basename, join, relative, resolve } from 'node:path';
import { PresyncError } from '../base/errors.ts';
import { readDockerfile } from '../client/recipeFile.ts';
import type { Dockerfile } from '../context/buildRequest.ts';
import type { BuildOptions } from './options.ts';
import { isRemoteUrl } from './remoteUrl.ts';

/**
 * The absolute path of the Dockerfile of a folder: `-f FILE`, relative to where the command runs as `docker build` has
 * it, else `Dockerfile` in the folder. Undefined for standard input.
 */
export function dockerfileOf(context: string, file: string | undefined): string | undefined {
  return file === '-' ? undefined : resolve(file ?? join(context, 'Dockerfile'));
}

/** The Dockerfile's path from where the command runs, for messages; undefined where it is no file of this machine. */
export function shownDockerfile({ path, file }: Pick<BuildOptions, 'path' | 'file'>): string | undefined {
  if (path === '-' || file === '-' || isRemoteUrl(path)) return undefined;
  return relative('', file ?? join(path, 'Dockerfile'));
}

/** The Dockerfile at a path, or on standard input for undefined. */
export async function readRecipe(path: string | undefined): Promise<Dockerfile> {
  if (path === undefined) return streamedRecipe(process.stdin);
  return { name: basename(path), content: await readDockerfile(path) };
}

/** A Dockerfile that another file holds. */
export function inlineRecipe(text: string): Dockerfile {
  return { name: 'Dockerfile', content: Buffer.from(text) };
}

/** A Dockerfile is small; what is larger is something else. */
const maxStreamedBytes = 192 * 1024;

/** A Dockerfile as it comes. LIMIT. */
export async function streamedRecipe(pieces: AsyncIterable<Uint8Array>): Promise<Dockerfile> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of pieces) {
    size += part.length;
    if (size > maxStreamedBytes) {
      throw new PresyncError('LIMIT', `Standard input is larger than ${maxStreamedBytes / 1024} KiB.`, {
        hint: 'Pipe a Dockerfile, or a tar archive that has one.',
      });
    }
    parts.push(part);
  }
  return { name: 'Dockerfile', content: Buffer.concat(parts) };
}
