/** One terminal a context and target: a new build takes the place of the one before, which is cancelled if it still runs. */
import type { Terminal } from 'vscode';
import { ThemeIcon, window } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { keyOf, nameOf, namesOf } from '../contexts/contextSource.ts';
import type { BuildChoice } from './buildChoice.ts';
import type { BuildTerminal } from './buildTerminal.ts';

interface ShownBuild {
  readonly choice: BuildChoice;
  readonly terminal: Terminal;
}

export class BuildTerminals implements Disposable {
  readonly #create: (choice: BuildChoice) => BuildTerminal;
  readonly #shown = new Map<string, ShownBuild>();

  constructor(create: (choice: BuildChoice) => BuildTerminal) {
    this.#create = create;
  }

  /** Begins a build in a terminal that the user sees, without taking the focus. */
  start(choice: BuildChoice): void {
    const { source, target } = choice;
    const key = `${keyOf(source)}\0${target}`;
    this.#shown.get(key)?.terminal.dispose();
    this.#shown.delete(key);
    const build = this.#create(choice);
    // The panel may take longer to appear than the whole build.
    build.begin();
    const name = `Presync: ${this.#nameOf(choice)}`;
    const terminal = window.createTerminal({ name, pty: build, iconPath: new ThemeIcon('package'), isTransient: true });
    this.#shown.set(key, { choice, terminal });
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

  /** Two contexts may have one tag. */
  #nameOf(choice: BuildChoice): string {
    const title = titleOf(choice);
    const alike = [...this.#shown.values()].filter((shown) => titleOf(shown.choice) === title);
    const names = namesOf([choice, ...alike.map((shown) => shown.choice)].map(({ source }) => source));
    return names.size === 1 ? title : `${title} (${names.get(keyOf(choice.source))})`;
  }
}

function titleOf({ source, tags }: BuildChoice): string {
  return tags[0] ?? nameOf(source);
}
