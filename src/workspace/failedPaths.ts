import { errorMessage, PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Path } from '../context/path.ts';
import type { Problem, ProblemKind } from '../context/problem.ts';
import { packRecord, status } from './folderRecords.ts';
import type { Found } from './foundNames.ts';

/** What is recorded of a path that a context has to do without. */
export function failed(path: Path, kind: ProblemKind, message: string): { record: Uint8Array; problem: Problem } {
  return { record: packRecord(status.failed, undefined), problem: { path, kind, message } };
}

/** What an error of the system means for the path that was looked at. Throws what is not about that path. */
export function afterError(thrown: unknown, path: Path): Found | 'changed' {
  // Cancelled, or a malformed rule: that is not about this path. (Our errors have codes as well.)
  if (thrown instanceof PresyncError) throw thrown;
  const code = systemErrorCode(thrown);
  switch (code) {
    // It went, or became something else, while it was looked at.
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ELOOP':
    case 'EINVAL':
    case 'ESTALE':
      return 'changed';
    case 'ENAMETOOLONG':
      return failed(path, 'too-long', 'The path is longer than the system can open.');
    case undefined:
      throw thrown;
    default:
      return failed(path, 'unreadable', `${code === 'EACCES' ? 'No permission to read it' : errorMessage(thrown)}.`);
  }
}
