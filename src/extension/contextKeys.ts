import { commands } from 'vscode';

/** The keys of our `when` clauses, without `presync.`. */
export type KeyValues = Readonly<Record<'optedIn' | 'paused' | 'building' | 'hasLastBuild' | 'hasBuilt', boolean>>;

/** Tells VS Code what its `when` clauses ask for; only what has changed. */
export class ContextKeys {
  readonly #told = new Map<string, boolean>();

  set(values: KeyValues): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.#told.get(name) === value) continue;
      this.#told.set(name, value);
      void commands.executeCommand('setContext', `presync.${name}`, value);
    }
  }
}
