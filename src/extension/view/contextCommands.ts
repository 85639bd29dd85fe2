/** What can be done with an entry of the view: by name without `presync.`. */
import { commands, Range, Uri, window } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import type { CommandTable } from '../commands/commandTable.ts';
import { addToIgnoreFile, ignoreFileOf } from '../editor/ignoreFile.ts';
import { lineOfRule } from '../editor/ignoreLines.ts';
import type { ContextNode, EntryNode } from './contextNode.ts';
import { isExcluded } from './contextNode.ts';
import { uriOf } from './contextTree.ts';
import type { ContextView } from './contextView.ts';

export function contextCommands(view: Pick<ContextView, 'refresh'>): CommandTable {
  return {
    'context.refresh': () => view.refresh(),

    'context.reveal': (node: ContextNode) => {
      if (node.kind === 'note') return undefined;
      const uri = node.kind === 'root' ? Uri.file(node.context.source.folder) : uriOf(node);
      return commands.executeCommand('revealInExplorer', uri);
    },

    /** Of the selected entries those that are in a context. */
    'context.ignore': async (node: ContextNode, selected: readonly ContextNode[] = [node]) => {
      const entries = selected.filter((other): other is EntryNode => other.kind === 'entry' && !isExcluded(other));
      for (const [key, source] of new Map(entries.map(({ key, source }) => [key, source]))) {
        const paths = entries.filter((entry) => entry.key === key).map(({ entry }) => entry.path);
        await addToIgnoreFile(source, paths);
      }
    },

    'context.openRule': async ({ source, entry }: EntryNode) => {
      const line = lineOfRule(entry.excludedBy ?? '');
      if (line === undefined) throw new PresyncError('USAGE', `No rule excludes ${entry.path}.`);
      const selection = new Range(line - 1, 0, line - 1, 0);
      await window.showTextDocument(await ignoreFileOf(source), { selection });
    },
  };
}
