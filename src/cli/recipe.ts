/** Finding the Dockerfile that a command line means. */
import { basename, join, relative, resolve } from 'node:path';
import { PresyncError } from '../base/errors.ts';
import { readDockerfile } from '../client/recipeFile.ts';
import type { Dockerfile } from '../context/buildRequest.ts';
import type { BuildOptions } from './options.ts';

/**
 * The Dockerfile's absolute path: `-f FILE`, relative to where the command runs as `docker build` has it, else
 * `Dockerfile` in the context. Undefined for standard input, which `-` means in either place.
 */
export function dockerfileOf(context: string, file: string | undefined): string | undefined {
  if (context === '-' && file !== undefined && file !== '-') {
    throw new PresyncError('USAGE', 'A Dockerfile cannot be both on standard input and in a file.', {
      hint: 'Leave out -f, or name a folder as the context.',
    });
  }
  return context === '-' || file === '-' ? undefined : resolve(file ?? join(context, 'Dockerfile'));
}

/** The Dockerfile's path from where the command runs, for messages; undefined for standard input. */
export function shownDockerfile({ path, file }: Pick<BuildOptions, 'path' | 'file'>): string | undefined {
  return path === '-' || file === '-' ? undefined : relative('', file ?? join(path, 'Dockerfile'));
}

/** The Dockerfile at a path, or on standard input for undefined. */
export async function readRecipe(path: string | undefined): Promise<Dockerfile> {
  if (path === undefined) return { name: 'Dockerfile', content: await readStdin() };
  return { name: basename(path), content: await readDockerfile(path) };
}

/** A Dockerfile that another file holds. */
export function inlineRecipe(text: string): Dockerfile {
  return { name: 'Dockerfile', content: Buffer.from(text) };
}

/** A Dockerfile is small; what is larger is something else. */
const maxStdinBytes = 192 * 1024;

async function readStdin(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxStdinBytes) {
      throw new PresyncError('LIMIT', `Standard input is larger than ${maxStdinBytes / 1024} KiB.`, {
        hint: 'Pipe a Dockerfile; contexts on standard input are not supported by this version yet.',
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
