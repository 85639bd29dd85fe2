/**
 * The main context of a build, and its Dockerfile, as `docker buildx build` understands PATH and -f: a folder; a git
 * repository or a URL, which the builder gets itself; or `-`, which is an archive or a Dockerfile on standard input.
 */
import { stat } from 'node:fs/promises';
import { isAbsolute, join, posix } from 'node:path';
import { PresyncError } from '../base/errors.ts';
import { isArchive } from '../client/archive/archiveKind.ts';
import { ByteQueue } from '../client/archive/byteQueue.ts';
import type { Archive } from '../client/archive/spooledArchive.ts';
import { spoolArchive } from '../client/archive/spooledArchive.ts';
import { tarBlock } from '../client/archive/tarHeader.ts';
import { EmptyContext } from '../client/emptyContext.ts';
import type { Environment } from '../client/environment.ts';
import { openLocalContext } from '../client/openLocalContext.ts';
import type { NamedContext } from '../client/workspaceContext.ts';
import type { Dockerfile, RemoteContext } from '../context/buildRequest.ts';
import { checkDockerfile } from '../context/dockerfile.ts';
import type { BuildOptions } from './options.ts';
import { dockerfileOf, inlineRecipe, readRecipe, streamedRecipe } from './recipe.ts';
import { isRemoteUrl } from './remoteUrl.ts';

export interface MainContext {
  /** What of this machine belongs to it. */
  readonly context: NamedContext;
  /** Without content where only the builder knows it. */
  readonly dockerfile: Dockerfile;
  /** Where it is, if it is no folder. */
  readonly remote?: RemoteContext;
  /** What of it comes from standard input. */
  readonly archive?: Archive;
}

type MainOptions = Pick<BuildOptions, 'path' | 'file' | 'context'>;

/** `inline` is the Dockerfile's text. USAGE, ARCHIVE_INVALID, and what reading a folder or a Dockerfile throws. */
export async function openMain(options: MainOptions, env: Environment, inline?: string): Promise<MainContext> {
  if (options.path === '-') return fromStdin(options, env);
  if (isRemoteUrl(options.path) && !(await isFolder(options.path))) return elsewhere(options, env, inline);
  const path = inline === undefined ? dockerfileOf(options.path, options.file) : undefined;
  const context = await openLocalContext(env, options.path, path);
  if (options.context === 'all') await context.widen('--context all was asked for');
  return { context, dockerfile: await ownRecipe(path, inline) };
}

/** A Dockerfile that is not in it is sent with the build. */
async function elsewhere({ path: url, file }: MainOptions, env: Environment, inline?: string): Promise<MainContext> {
  const context = await nothing(env);
  if (inline === undefined && file !== '-' && !isAbsolute(file ?? '')) {
    return { context, ...within(file), remote: { url, dockerfile: file ?? 'Dockerfile' } };
  }
  const dockerfile = await ownRecipe(file === '-' ? undefined : file, inline);
  return { context, dockerfile, remote: { url, dockerfile: undefined } };
}

async function fromStdin({ file }: MainOptions, env: Environment): Promise<MainContext> {
  const input = new ByteQueue(process.stdin);
  const head = await input.take(tarBlock);
  if (head.length === 0) {
    throw new PresyncError('DOCKERFILE_EMPTY', 'Standard input is empty.', {
      hint: 'Pipe a Dockerfile into it, or a tar archive that has one.',
    });
  }
  const context = await nothing(env);
  if (!isArchive(head)) {
    if (file !== undefined && file !== '-')
      throw twoSources('A Dockerfile cannot be both on standard input and in a file.');
    const dockerfile = await streamedRecipe(behind(head, input));
    checkDockerfile(dockerfile);
    return { context, dockerfile };
  }
  if (file === '-') throw twoSources('Standard input cannot be both the context and the Dockerfile.');
  const archive = await spoolArchive(behind(head, input), join(env.cacheDirectory, 'archives'));
  return { context, ...within(file), remote: { url: undefined, dockerfile: file ?? 'Dockerfile' }, archive };
}

async function* behind(head: Uint8Array, input: ByteQueue): AsyncGenerator<Uint8Array> {
  yield head;
  yield* input.rest();
}

async function ownRecipe(path: string | undefined, inline: string | undefined): Promise<Dockerfile> {
  const dockerfile = inline === undefined ? await readRecipe(path) : inlineRecipe(inline);
  checkDockerfile(dockerfile);
  return dockerfile;
}

/** A Dockerfile of which only the name is known. */
function within(file = 'Dockerfile'): Pick<MainContext, 'dockerfile'> {
  return { dockerfile: { name: posix.basename(file) || 'Dockerfile', content: new Uint8Array() } };
}

async function nothing(env: Environment): Promise<NamedContext> {
  return new EmptyContext(await env.installation());
}

/** A folder may have the name of a repository. */
async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function twoSources(message: string): PresyncError {
  return new PresyncError('USAGE', message, { hint: 'Leave out -f, or name a folder as the context.' });
}
