/** Follows everything that the window's state depends on, and shows it: the item, and the keys of `when` clauses. */
import { workspace } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { ChoiceMemory } from '../build/buildChoice.ts';
import type { BuildRunner } from '../build/buildRunner.ts';
import type { ChosenBuilder } from '../builders/chosenBuilder.ts';
import { ContextKeys } from '../contextKeys.ts';
import type { KeptContexts } from '../contexts/keptContexts.ts';
import type { WindowContexts } from '../contexts/windowContexts.ts';
import type { WorkerHost } from '../link/workerHost.ts';
import { StatusItem } from './statusItem.ts';
import type { WindowState } from './statusModel.ts';

export interface WindowStatusPorts {
  readonly worker: WorkerHost;
  readonly kept: KeptContexts;
  readonly contexts: WindowContexts;
  readonly runner: BuildRunner;
  readonly choices: ChoiceMemory;
  readonly builder: ChosenBuilder;
  readonly clock: Clock;
}

export class WindowStatus implements Disposable {
  readonly #ports: WindowStatusPorts;
  readonly #resources = new DisposableStore();
  readonly #item: StatusItem;
  readonly #keys = new ContextKeys();

  constructor(ports: WindowStatusPorts) {
    const { worker, kept, contexts, runner, clock } = ports;
    this.#ports = ports;
    this.#item = this.#resources.add(new StatusItem(clock));
    for (const change of [kept.onDidChange, contexts.onDidChange, runner.onDidChange, worker.onDidChangeState]) {
      this.#resources.add(change(() => this.#show()));
    }
  }

  get state(): WindowState {
    const { worker, kept, runner } = this.#ports;
    return {
      contexts: kept.all,
      paused: kept.paused,
      building: runner.step,
      workerFailed: worker.state === 'failed',
    };
  }

  dispose(): void {
    this.#resources.dispose();
  }

  #show(): void {
    const { contexts, runner, choices, builder } = this.#ports;
    const { state } = this;
    const isKept = state.contexts.length > 0;
    const facts = { builder: builder.current.name, lastBuild: runner.lastBuild, trusted: workspace.isTrusted };
    this.#item.update(state, { ...state, ...facts });
    this.#item.setVisible(isKept || contexts.configured.length > 0 || runner.running);
    this.#keys.set({
      optedIn: isKept,
      paused: state.paused,
      building: runner.running,
      hasLastBuild: choices.last !== undefined,
      hasBuilt: runner.succeeded,
    });
  }
}
