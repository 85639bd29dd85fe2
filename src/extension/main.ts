import type { ExtensionContext } from 'vscode';
import { window } from 'vscode';

/** Called by VS Code once. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Presync', { log: true });
  context.subscriptions.push(log);
  log.info('Presync is active.');
}
