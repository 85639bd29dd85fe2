/** One terminal a tag: a new build takes the place of the one before, which is cancelled if it still runs. */
import type { Terminal } from 'vscode';
import { ThemeIcon, window } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { nameOf } from '../contexts/contextSource.ts';
import type { BuildChoice } from './buildChoice.ts';
import type { BuildTerminal } from './buildTerminal.ts';

export class BuildTerminals implements Disposable {
  readonly #create: (choice: BuildChoice) => BuildTerminal;
  readonly #terminals = new Map<string, Terminal>();

  constructor(create: (choice: BuildChoice) => BuildTerminal) {
    this.#create = create;
  }

  /** Begins a build in a terminal that the user sees, without taking the focus. */
  start(choice: BuildChoice): void {
    const name = `Presync: ${choice.tags[0] ?? nameOf(choice.source)}`;
    this.#terminals.get(name)?.dispose();
    const build = this.#create(choice);
    // The panel may take longer to appear than the whole build.
    build.begin();
    const terminal = window.createTerminal({ name, pty: build, iconPath: new ThemeIcon('package'), isTransient: true });
    this.#terminals.set(name, terminal);
    terminal.show(true);
  }

  dispose(): void {
    for (const terminal of this.#terminals.values()) terminal.dispose();
  }
}
