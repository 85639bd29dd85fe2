import { commands } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Messages } from '../messages.ts';

/** What a command does, by its name without `presync.`. */
export type CommandTable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Registers commands so that none fails in silence. */
export function registerCommands(table: CommandTable, messages: Messages): Disposable {
  const registered = new DisposableStore();
  for (const [name, run] of Object.entries(table)) {
    const guarded = (...args: never[]) => messages.guard(() => run(...args));
    registered.add(commands.registerCommand(`presync.${name}`, guarded));
  }
  return registered;
}
