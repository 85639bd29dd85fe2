import { Uri, workspace } from 'vscode';

/** Whether there is something at an absolute path; false as well where that cannot be told. */
export async function fileExists(path: string): Promise<boolean> {
  try {
    await workspace.fs.stat(Uri.file(path));
    return true;
  } catch {
    return false;
  }
}
