import { commands } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Messages } from '../messages.ts';
import { requireTrust } from '../trust.ts';

/** What a command does, by its name without `presync.`. */
export type CommandTable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** What runs in Restricted Mode too. */
const harmless: ReadonlySet<string> = new Set(['menu', 'showLog', 'cancelBuild']);

/** Registers commands so that none fails in silence, and none but the harmless without trust: UNTRUSTED. */
export function registerCommands(table: CommandTable, messages: Messages): Disposable {
  const registered = new DisposableStore();
  for (const [name, run] of Object.entries(table)) {
    const guarded = (...args: never[]) =>
      messages.guard(() => {
        if (!harmless.has(name)) requireTrust();
        return run(...args);
      });
    registered.add(commands.registerCommand(`presync.${name}`, guarded));
  }
  return registered;
}
