/** The problems that a scan meets, in words. */
import { toDisplay } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Name, Path } from '../context/path.ts';
import { pathLimits } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';

export function busyProblem(path: Path): Problem {
  return { path, kind: 'busy', message: `${quoted(path)} changes faster than it can be read.` };
}

export function specialProblem(path: Path): Problem {
  const message = `${quoted(path)} is a socket, a FIFO or a device, which no build context carries.`;
  return { path, kind: 'special', message };
}

/** Why a name in the folder `parent`, `depth` names deep, is too long for a context; undefined when it is not. */
export function lengthProblem(parent: Path, name: Name, depth: number): Problem | undefined {
  const path = (parent === '' ? name : `${parent}/${name}`) as Path;
  const tooLong = path.length > pathLimits.pathBytes || depth > pathLimits.depth || name.length > pathLimits.nameBytes;
  return tooLong ? tooLongProblem(path) : undefined;
}

function tooLongProblem(path: Path): Problem {
  const shown = path.length > 100 ? `…${path.slice(-100)}` : path;
  return { path, kind: 'too-long', message: `"${toDisplay(shown as Path)}" is too long or too deep a path.` };
}

/** What a failed system call on `path` means. Rethrows what no file system says, such as a cancellation. */
export function failureProblem(path: Path, error: unknown): Problem {
  const code = systemErrorCode(error);
  if (code === undefined || error instanceof PresyncError) throw error;
  if (code === 'ENAMETOOLONG') return tooLongProblem(path);
  const why = isDenied(error) ? 'permission denied' : code;
  return { path, kind: 'unreadable', message: `${quoted(path)} cannot be read: ${why}.` };
}

/** Whether a system call failed for want of permission. */
export function isDenied(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'EACCES' || code === 'EPERM';
}

/** Whether a system call failed since the thing is not, or not any more, what it was a moment ago. */
export function isReplaced(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ESTALE' || code === 'EISDIR';
}

function quoted(path: Path): string {
  return `"${toDisplay(path)}"`;
}
