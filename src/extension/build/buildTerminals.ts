/** One terminal a tag: a new build takes the place of the one before, which is cancelled if it still runs. */
import type { Terminal } from 'vscode';
import { ThemeIcon, window } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { nameOf } from '../contexts/contextSource.ts';
import type { BuildChoice } from './buildChoice.ts';
import type { BuildTerminal } from './buildTerminal.ts';

export class BuildTerminals implements Disposable {
  readonly #create: (choice: BuildChoice) => BuildTerminal;
  readonly #shown = new Map<string, { readonly choice: BuildChoice; readonly terminal: Terminal }>();

  constructor(create: (choice: BuildChoice) => BuildTerminal) {
    this.#create = create;
  }

  /** Begins a build in a terminal that the user sees, without taking the focus. */
  start(choice: BuildChoice): void {
    const name = `Presync: ${choice.tags[0] ?? nameOf(choice.source)}`;
    this.#shown.get(name)?.terminal.dispose();
    const build = this.#create(choice);
    // The panel may take longer to appear than the whole build.
    build.begin();
    const terminal = window.createTerminal({ name, pty: build, iconPath: new ThemeIcon('package'), isTransient: true });
    this.#shown.set(name, { choice, terminal });
    terminal.show(true);
  }

  /** The terminal of that very build; undefined for one of a task, and once it is closed or another took its place. */
  terminalOf(choice: BuildChoice): Terminal | undefined {
    const shown = [...this.#shown.values()].find((other) => other.choice === choice);
    return shown?.terminal.exitStatus === undefined ? shown?.terminal : undefined;
  }

  dispose(): void {
    for (const { terminal } of this.#shown.values()) terminal.dispose();
  }
}
