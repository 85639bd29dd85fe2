/** A build sees what is on disk: unsaved editors of its context are saved first. */
import type { TextDocument } from 'vscode';
import { workspace } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { isWithin } from '../contexts/contextSource.ts';
import type { ContextSource } from '../link/workerApi.ts';

export async function saveFilesOf({ folder, dockerfile }: ContextSource): Promise<void> {
  const belongs = ({ uri }: TextDocument) =>
    uri.scheme === 'file' && (isWithin(uri.fsPath, folder) || uri.fsPath.startsWith(dockerfile));
  const unsaved = workspace.textDocuments.filter((document) => document.isDirty && belongs(document));
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  const failed = unsaved.find((_, index) => !saved[index]);
  if (failed === undefined) return;
  throw new PresyncError('CONTEXT_BUSY', `${workspace.asRelativePath(failed.uri)} could not be saved.`, {
    hint: 'Save it, or turn off presync.saveBeforeBuild to build without it.',
  });
}
