import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, inject, onTestFinished } from 'vitest';
import type { Sandbox } from '../../support/presyncCli.ts';
import type { EditorOptions } from './editor.ts';
import { Editor } from './editor.ts';
import type { Version } from './versions.ts';
import type { Workbench } from './workbench.ts';

export type UsedEditorOptions = Partial<Pick<EditorOptions, 'host' | 'settings' | 'env'>>;

/** An editor with Presync installed, for the tests of the calling `describe`. A test that fails leaves evidence. */
export function useEditor(version: Version, options: UsedEditorOptions = {}): { readonly current: Editor } {
  let editor: Editor | undefined;
  beforeAll(async () => {
    const installation = inject('vscodes')[version];
    editor = new Editor({ host: 'unix:///nowhere', ...options, installation, vsix: [inject('vsix')] });
    await editor.start();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await leaveEvidence(editor!, `${version} ${task.name}`);
  });
  afterAll(() => editor?.dispose());
  return {
    get current() {
      return editor!;
    },
  };
}

/** A window that is closed when the calling test has ended. */
export async function temporaryWindow(editor: Editor, path: string): Promise<Workbench> {
  const window = await editor.open(path);
  onTestFinished(() => editor.close(window));
  return window;
}

/** Whether Presync has left anything in the folders of a user. */
export function isTouched({ env }: Sandbox): boolean {
  const folders = Object.entries(env).filter(([name]) => name.startsWith('XDG_'));
  return folders.some(([, folder]) => existsSync(join(folder, 'presync')));
}

/** Where failed tests leave pictures and logs; scripts/test names a folder that outlives the run. */
async function leaveEvidence(editor: Editor, test: string): Promise<void> {
  const root = process.env['PRESYNC_EVIDENCE'] ?? join(tmpdir(), 'presync-evidence');
  const folder = join(root, test.replace(/[^A-Za-z0-9]+/g, '-'));
  await editor.writeEvidence(folder);
  console.log(`"${test}" failed; pictures and logs are in ${folder}`);
}
