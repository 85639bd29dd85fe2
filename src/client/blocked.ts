import { PresyncError } from '../base/errors.ts';
import type { Problem } from '../context/problem.ts';
import { namedPaths } from './namedPaths.ts';

/** Throws CONTEXT_UNREADABLE when the context lacks files that a build would need: `docker build` refuses too. */
export function refuseIncomplete(problems: readonly Problem[]): void {
  const unreadable = problems.filter((problem) => problem.kind === 'unreadable' || problem.kind === 'too-long');
  const first = unreadable[0];
  if (first === undefined) return;
  const names = namedPaths(unreadable.map(({ path }) => path));
  throw new PresyncError('CONTEXT_UNREADABLE', `${names} cannot be read: ${first.message}`, {
    hint: 'Make it readable, or exclude it in .dockerignore.',
  });
}
