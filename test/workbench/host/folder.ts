/** The folder that the window shows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Extension } from 'vscode';
import { commands, extensions, Uri, workspace } from 'vscode';

export const extensionId = 'presync.presync';

export function presync(): Extension<unknown> {
  return extensions.getExtension(extensionId)!;
}

export function at(path: string): Uri {
  return Uri.joinPath(workspace.workspaceFolders![0]!.uri, path);
}

export function read(path: string): string {
  return readFileSync(at(path).fsPath, 'utf8');
}

/** Writes a file as another program would. */
export function write(path: string, content: string): void {
  writeFileSync(at(path).fsPath, content);
}

/** Polls until it is so; throws after `ms` with what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 40_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
    await sleep(50);
  }
}

/** The first of the folder's contexts. Dialogs are refused while tests run; a small folder without secrets needs none. */
export async function keepInSync(): Promise<void> {
  await presync().activate();
  let kept = false;
  void commands.executeCommand('presync.keepInSync').then(() => (kept = true));
  await until('an answer', async () => {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return kept;
  });
}
