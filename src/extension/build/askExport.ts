/** Build and Export…: what of the result, and where to. */
import { basename, dirname, join } from 'node:path';
import type { QuickPickItem } from 'vscode';
import { Uri, window } from 'vscode';
import type { BuildChoice } from './buildChoice.ts';
import { exportFlag } from './exportFlag.ts';

interface Kind extends QuickPickItem {
  readonly type: 'local' | 'tar' | 'docker';
}

const kinds: readonly Kind[] = [
  { label: 'Files', detail: 'the files of the last stage, into a folder; what is there already stays', type: 'local' },
  { label: 'Files as a tar archive', type: 'tar' },
  { label: 'Image as an archive', detail: 'for docker load', type: 'docker' },
];

/** As `--output` has it; undefined when the user leaves. */
export async function askExport({ source, tags }: BuildChoice): Promise<string | undefined> {
  const kind = await window.showQuickPick(kinds, { title: 'Build and Export', placeHolder: 'What shall be exported?' });
  if (kind === undefined) return undefined;
  const place = kind.type === 'local' ? await askFolder(source.folder) : await askFile(source.folder, tags[0] ?? '');
  return place && exportFlag(kind.type, place.fsPath);
}

async function askFolder(context: string): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({
    title: 'Export into',
    openLabel: 'Export',
    canSelectFiles: false,
    canSelectFolders: true,
    // In the context itself the result would be part of the next build.
    defaultUri: Uri.file(dirname(context)),
  });
  return picked?.[0];
}

function askFile(context: string, tag: string): Thenable<Uri | undefined> {
  const name = basename(tag.replace(/:.*$/, '')) || basename(context);
  return window.showSaveDialog({
    title: 'Export to',
    saveLabel: 'Export',
    defaultUri: Uri.file(join(dirname(context), `${name}.tar`)),
    filters: { 'tar archives': ['tar'] },
  });
}
