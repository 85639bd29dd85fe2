/** The view `presync.context` in the Explorer. It follows the snapshots of the contexts, while it is visible. */
import type { TreeView } from 'vscode';
import { window } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { KeptContexts } from '../contexts/keptContexts.ts';
import type { WorkerLink } from '../link/workerApi.ts';
import type { ContextNode } from './contextNode.ts';
import { sizeText } from './contextNode.ts';
import { ContextTree } from './contextTree.ts';

/** Between two refreshes: many saves in a row are one. */
export const refreshInterval = 500;

export interface ContextViewPorts {
  readonly worker: WorkerLink;
  readonly kept: Pick<KeptContexts, 'all' | 'onDidChange'>;
  readonly clock: Clock;
}

export class ContextView implements Disposable {
  readonly #ports: ContextViewPorts;
  readonly #resources = new DisposableStore();
  readonly #tree: ContextTree;
  readonly #view: TreeView<ContextNode>;
  #pending: Disposable | undefined;

  constructor(ports: ContextViewPorts) {
    const { worker, kept } = ports;
    this.#ports = ports;
    this.#tree = this.#resources.add(new ContextTree(worker, kept));
    this.#view = this.#resources.add(
      window.createTreeView('presync.context', {
        treeDataProvider: this.#tree,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this.#resources.add(kept.onDidChange(() => this.#follow()));
    this.#resources.add(this.#view.onDidChangeVisibility(() => this.#follow(0)));
    this.#resources.add({ dispose: () => this.#pending?.dispose() });
    this.#describe();
  }

  /** Asks for everything again. */
  refresh(): void {
    this.#pending?.dispose();
    this.#pending = undefined;
    this.#tree.refresh();
  }

  dispose(): void {
    this.#resources.dispose();
  }

  #follow(delay = refreshInterval): void {
    this.#describe();
    if (!this.#view.visible || !this.#tree.outdated) return;
    this.#pending ??= this.#ports.clock.schedule(delay, () => this.refresh());
  }

  /** The size of the only context has no other place. */
  #describe(): void {
    const [only, ...others] = this.#ports.kept.all;
    const view = others.length === 0 ? only?.view : undefined;
    this.#view.description = view === undefined ? '' : sizeText(view);
  }
}
