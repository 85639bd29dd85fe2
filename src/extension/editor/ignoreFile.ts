/** The ignore file of a context, in the editor. */
import { basename, dirname, join } from 'node:path';
import type { TextDocument } from 'vscode';
import { Position, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { ignoreFileCandidates } from '../../context/dockerfile.ts';
import { fileExists } from '../fileExists.ts';
import type { ContextSource } from '../link/workerApi.ts';
import { ignoreLine, missingLines } from './ignoreLines.ts';

/** The one that counts: the Dockerfile's own if there is one, else that of the context, which may not exist yet. */
export async function ignoreFileOf({ folder, dockerfile }: ContextSource): Promise<Uri> {
  const [own, general] = ignoreFileCandidates(basename(dockerfile));
  const special = join(dirname(dockerfile), own);
  return Uri.file((await fileExists(special)) ? special : join(folder, general));
}

/**
 * Excludes paths of a context, as they are displayed, by rules at the end of its ignore file, which is saved and shown:
 * there it can be undone. CONTEXT_UNREADABLE when it cannot be written, USAGE for a path that no rule can be made of.
 */
export async function addToIgnoreFile(source: ContextSource, paths: readonly string[]): Promise<void> {
  const lines = paths.map(lineFor);
  const uri = await ignoreFileOf(source);
  const isNew = !(await fileExists(uri.fsPath));
  const document = isNew ? undefined : await workspace.openTextDocument(uri);
  const added = missingLines(document?.getText() ?? '', lines);
  if (added !== '') {
    const edit = new WorkspaceEdit();
    if (isNew) edit.createFile(uri, { ignoreIfExists: true });
    edit.insert(uri, document === undefined ? new Position(0, 0) : endOf(document), added);
    if (!(await workspace.applyEdit(edit))) throw notWritten(uri);
  }
  const changed = document ?? (await workspace.openTextDocument(uri));
  if (!(await changed.save())) throw notWritten(uri);
  const end = endOf(changed);
  await window.showTextDocument(changed, { preserveFocus: true, selection: new Range(end, end) });
}

function lineFor(path: string): string {
  const line = ignoreLine(path);
  if (line !== undefined) return line;
  throw new PresyncError('USAGE', `"${path}" cannot be written as a rule.`, {
    hint: 'Write a rule with * for the characters that cannot be shown.',
  });
}

function endOf(document: TextDocument): Position {
  return document.lineAt(document.lineCount - 1).range.end;
}

function notWritten(uri: Uri): PresyncError {
  return new PresyncError('CONTEXT_UNREADABLE', `${workspace.asRelativePath(uri)} could not be saved.`, {
    hint: 'Check its permissions.',
  });
}
