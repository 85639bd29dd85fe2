/** What is known of a Dockerfile without understanding it. Its truth is BuildKit's frontend. */
import { fromBytes } from '../base/bytes.ts';
import type { ByteString } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Dockerfile } from './buildRequest.ts';
import { trimSpace, withoutByteOrderMark } from './goText.ts';

/**
 * The names of ignore files: the one beside a Dockerfile, and the one in the context's root. The first that exists
 * counts, even when it is empty (BuildKit's dockerui.Client).
 */
export function ignoreFileCandidates(dockerfileName: string): readonly [own: string, general: string] {
  return [`${dockerfileName}.dockerignore`, '.dockerignore'];
}

/** DOCKERFILE_EMPTY when there is no instruction in it: BuildKit would say so only after the context is there. */
export function checkDockerfile({ name, content }: Dockerfile): void {
  const lines = withoutByteOrderMark(fromBytes(content)).split('\n') as ByteString[];
  if (lines.some((line) => isInstruction(line))) return;
  const why = content.length === 0 ? 'is empty' : 'has no instructions';
  throw new PresyncError('DOCKERFILE_EMPTY', `The ${name} ${why}.`, {
    hint: 'Begin it with FROM, such as "FROM scratch"; save it, if an editor still holds the text.',
  });
}

/** BuildKit drops empty lines and lines that begin with '#' behind white space. */
function isInstruction(line: ByteString): boolean {
  const text = trimSpace(line);
  return text !== '' && !text.startsWith('#');
}
