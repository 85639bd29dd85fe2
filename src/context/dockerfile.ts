/** What is known of a Dockerfile without understanding it. Its truth is BuildKit's frontend. */
import { PresyncError } from '../base/errors.ts';
import type { Dockerfile } from './buildRequest.ts';

/** The names of ignore files: the one beside a Dockerfile, which wins, and the one in the context's root. */
export function ignoreFileCandidates(dockerfileName: string): readonly [own: string, general: string] {
  return [`${dockerfileName}.dockerignore`, '.dockerignore'];
}

/** DOCKERFILE_EMPTY when there is no instruction in it: BuildKit would say so only after the context is there. */
export function checkDockerfile({ name, content }: Dockerfile): void {
  const lines = new TextDecoder().decode(content).split('\n');
  if (lines.some((line) => isInstruction(line))) return;
  throw new PresyncError('DOCKERFILE_EMPTY', `The ${name} has no instructions.`, {
    hint: 'Begin it with FROM.',
  });
}

function isInstruction(line: string): boolean {
  const text = line.trim();
  return text !== '' && !text.startsWith('#');
}
