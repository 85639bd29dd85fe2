/** Finding the Dockerfile that a command line means. */
import { basename, join, resolve } from 'node:path';
import { PresyncError } from '../base/errors.ts';
import { readDockerfile } from '../client/recipeFile.ts';
import type { Dockerfile } from '../context/buildRequest.ts';

export interface Recipe {
  readonly dockerfile: Dockerfile;
  /** Its absolute path; undefined when it came from standard input. */
  readonly path: string | undefined;
}

/**
 * `-f FILE`, relative to where the command runs as `docker build` has it; else `Dockerfile` in the context; `-` in
 * either place is standard input.
 */
export async function readRecipe(context: string, file: string | undefined): Promise<Recipe> {
  if (context === '-' && file !== undefined && file !== '-') {
    throw new PresyncError('USAGE', 'A Dockerfile cannot be both on standard input and in a file.', {
      hint: 'Leave out -f, or name a folder as the context.',
    });
  }
  if (context === '-' || file === '-')
    return { dockerfile: { name: 'Dockerfile', content: await readStdin() }, path: undefined };
  const path = resolve(file ?? join(context, 'Dockerfile'));
  return { dockerfile: { name: basename(path), content: await readDockerfile(path) }, path };
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
