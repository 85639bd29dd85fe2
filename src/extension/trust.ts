/** Until the user trusts the workspace (Restricted Mode) nothing of it is read, and nothing is started or sent. */
import { workspace } from 'vscode';
import { PresyncError } from '../base/errors.ts';

/** UNTRUSTED in Restricted Mode. A command's `enablement` only hides it: whatever runs it by its name can. */
export function requireTrust(): void {
  if (workspace.isTrusted) return;
  throw new PresyncError('UNTRUSTED', 'This workspace is not trusted: nothing of it is read, sent or built.', {
    hint: 'Trust it first.',
  });
}
