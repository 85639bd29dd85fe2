/** The view's tree: asks the worker for a folder when it is expanded. */
import type { TreeDataProvider } from 'vscode';
import { EventEmitter, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { PresyncError } from '../../base/errors.ts';
import type { KeptContext, KeptContexts } from '../contexts/keptContexts.ts';
import type { WorkerLink } from '../link/workerApi.ts';
import type { ContextNode, EntryNode } from './contextNode.ts';
import { descriptionOf, idOf, isExcluded, labelOf, nodesOf, noteNode, spokenLabelOf } from './contextNode.ts';

export class ContextTree implements TreeDataProvider<ContextNode>, Disposable {
  readonly #worker: WorkerLink;
  readonly #kept: Pick<KeptContexts, 'all'>;
  readonly #changed = new EventEmitter<void>();
  /** The snapshots that were there when the tree was last asked for; undefined before. */
  #asked: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(worker: WorkerLink, kept: Pick<KeptContexts, 'all'>) {
    this.#worker = worker;
    this.#kept = kept;
  }

  /** What is shown is older than what is known. */
  get outdated(): boolean {
    return this.#asked !== undefined && this.#asked !== this.#snapshots();
  }

  /** What is shown is asked for again. */
  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(node?: ContextNode): Promise<ContextNode[]> {
    if (node?.kind === 'root') return this.#list(node.context, '');
    if (node?.kind === 'entry') return this.#list(node, node.entry.path);
    this.#asked = this.#snapshots();
    const [only, ...others] = this.#kept.all;
    if (only === undefined) return [];
    return others.length === 0 ? this.#list(only, '') : this.#kept.all.map((context) => ({ kind: 'root', context }));
  }

  getTreeItem(node: ContextNode): TreeItem {
    const item = new TreeItem(labelOf(node), collapsibleState(node));
    item.id = idOf(node);
    item.description = descriptionOf(node);
    item.accessibilityInformation = { label: spokenLabelOf(node) };
    item.tooltip = [labelOf(node), descriptionOf(node)].filter((text) => text !== '').join('\n');
    switch (node.kind) {
      case 'root':
        item.iconPath = new ThemeIcon('package');
        item.contextValue = 'presync.root';
        break;
      case 'entry':
        describeEntry(item, node);
        break;
      case 'note':
        if (node.isFailure) item.iconPath = new ThemeIcon('warning');
        break;
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #snapshots(): string {
    return this.#kept.all.map(({ key, view }) => `${key} ${view?.snapshot}`).join('\n');
  }

  async #list(of: KeptContext | EntryNode, path: string): Promise<ContextNode[]> {
    try {
      return nodesOf(of, path, await this.#worker.request('list', { source: of.source, path }));
    } catch (thrown) {
      const { message, hint } = PresyncError.from(thrown);
      return [noteNode(of.key, path, `${message} ${hint}`.trim(), true)];
    }
  }
}

function collapsibleState(node: ContextNode): TreeItemCollapsibleState {
  if (node.kind === 'root') return TreeItemCollapsibleState.Expanded;
  const isFolder = node.kind === 'entry' && node.entry.kind === 'directory' && !isExcluded(node);
  return isFolder ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
}

function describeEntry(item: TreeItem, node: EntryNode): void {
  const { kind } = node.entry;
  if (isExcluded(node)) {
    item.contextValue = 'presync.excluded';
    item.iconPath = new ThemeIcon('circle-slash', new ThemeColor('disabledForeground'));
    item.command = { command: 'presync.context.openRule', title: 'Go to Rule', arguments: [node] };
    return;
  }
  item.contextValue = 'presync.included';
  item.resourceUri = uriOf(node);
  item.iconPath = kind === 'directory' ? ThemeIcon.Folder : ThemeIcon.File;
  if (kind === 'symlink') item.iconPath = new ThemeIcon('file-symlink-file');
  if (kind === 'file') item.command = { command: 'vscode.open', title: 'Open', arguments: [item.resourceUri] };
}

/** Where an entry is shown elsewhere in the editor. A name that is no text is shown escaped, and is found nowhere. */
export function uriOf({ source, entry }: EntryNode): Uri {
  return Uri.joinPath(Uri.file(source.folder), ...entry.path.split('/'));
}
