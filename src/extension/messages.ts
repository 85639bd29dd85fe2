/**
 * Telling the user that something failed: what, and what to do next. VS Code says by itself whose message it is.
 */
import { commands, env, Uri, window } from 'vscode';
import { isAbortError, PresyncError } from '../base/errors.ts';
import type { ErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { inEditorWords } from './link/editorWords.ts';
import { sentences } from './sentences.ts';

export interface Action {
  readonly title: string;
  run(): unknown;
}

const runs = (title: string, command: string, ...args: unknown[]): Action => ({
  title,
  run: () => commands.executeCommand(command, ...args),
});

const opens = (title: string, page: string): Action => ({ title, run: () => env.openExternal(Uri.parse(page)) });

export const showLog = runs('Show Log', 'presync.showLog');

/** What helps against some failures, beside reading the log. */
const remedies: Partial<Record<ErrorCode, Action>> = {
  UNTRUSTED: runs('Manage Workspace Trust', 'workbench.trust.manage'),
  ENGINE_NOT_FOUND: runs('Select Builder', 'presync.selectBuilder'),
  ENGINE_UNREACHABLE: runs('Select Builder', 'presync.selectBuilder'),
  ENGINE_TOO_OLD: runs('Select Builder', 'presync.selectBuilder'),
  BUILDER_UNSUPPORTED: runs('Select Builder', 'presync.selectBuilder'),
  BAD_ENDPOINT: runs('Select Builder', 'presync.selectBuilder'),
  DAEMON_START: runs('Restart Daemon', 'presync.restartDaemon'),
  DAEMON_NOT_FOUND: runs('Restart Daemon', 'presync.restartDaemon'),
  CONTEXT_UNWATCHED: opens('Read More', 'https://github.com/presync/presync/blob/main/docs/watching.md'),
  DOCKERFILE_NOT_FOUND: runs('Open Settings', 'workbench.action.openSettings', 'presync.contexts'),
};

export class Messages {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Shows a failure with what can be done about it. Nothing is shown for what the user cancelled. */
  async failed(thrown: unknown, ...more: readonly Action[]): Promise<void> {
    if (isAbortError(thrown)) return;
    const { code, message, hint, cause } = PresyncError.from(thrown);
    // What fails on this side of the worker may speak of the command line as well.
    const text = sentences(message, inEditorWords(hint));
    this.#logger.error(text, { code, ...(cause === undefined ? {} : { cause }) });
    const remedy = remedies[code];
    const actions = [...more, ...(remedy === undefined ? [] : [remedy]), showLog];
    await choose(window.showErrorMessage, text, actions);
  }

  /** For a failure whose details are elsewhere: an action leads there. */
  async error(message: string, ...actions: readonly Action[]): Promise<void> {
    this.#logger.error(message);
    await choose(window.showErrorMessage, message, actions);
  }

  async warn(message: string, ...actions: readonly Action[]): Promise<void> {
    this.#logger.warn(message);
    await choose(window.showWarningMessage, message, actions);
  }

  async inform(message: string, ...actions: readonly Action[]): Promise<void> {
    await choose(window.showInformationMessage, message, actions);
  }

  /** For what nobody waits for. A failure is shown. */
  async guard(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      await this.failed(thrown);
    }
  }
}

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

async function choose(show: Show, message: string, actions: readonly Action[]): Promise<void> {
  const title = await show(message, ...actions.map((action) => action.title));
  await actions.find((action) => action.title === title)?.run();
}
