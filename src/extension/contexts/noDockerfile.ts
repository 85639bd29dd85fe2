import { workspace } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import type { ContextSource } from '../link/workerApi.ts';

/** The Dockerfile of a context is gone: there is nothing to build. */
export function noDockerfile({ dockerfile }: ContextSource): PresyncError {
  return new PresyncError('DOCKERFILE_NOT_FOUND', `${workspace.asRelativePath(dockerfile)} does not exist.`, {
    hint: 'Create it, or name another in the setting presync.contexts.',
  });
}
