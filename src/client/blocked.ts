import { toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Problem } from '../context/problem.ts';

/** Throws CONTEXT_UNREADABLE when the context lacks files that a build would need: `docker build` refuses too. */
export function refuseIncomplete(problems: readonly Problem[]): void {
  const unreadable = problems.filter((problem) => problem.kind === 'unreadable' || problem.kind === 'too-long');
  const first = unreadable[0];
  if (first === undefined) return;
  const others = unreadable.length > 1 ? ` and ${unreadable.length - 1} more` : '';
  throw new PresyncError('CONTEXT_UNREADABLE', `"${toDisplay(first.path)}"${others} cannot be read: ${first.message}`, {
    hint: 'Make it readable, or exclude it in .dockerignore.',
  });
}
