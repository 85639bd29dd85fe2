/** What the user is told without having asked: settings that are wrong, contexts that fail or go, a worker that is gone. */
import { access } from 'node:fs/promises';
import type { WorkspaceFolder } from 'vscode';
import { commands, env, Uri, workspace } from 'vscode';
import { errorMessage } from '../base/errors.ts';
import type { EndedBuild } from './build/buildRunner.ts';
import { isWithin } from './contexts/contextSource.ts';
import type { KeptContext, KeptContexts } from './contexts/keptContexts.ts';
import { fromPlainError } from './link/plainError.ts';
import type { PlainError } from './link/workerApi.ts';
import type { WorkerHost } from './link/workerHost.ts';
import type { Action, Messages } from './messages.ts';
import { showLog } from './messages.ts';
import type { Settings } from './settings.ts';
import { NewFailures } from './status/newFailures.ts';

const socketHelp = 'https://code.visualstudio.com/remote/advancedcontainers/use-docker-kubernetes';

export class Notices {
  readonly #messages: Messages;
  readonly #isDefaultBuilder: () => boolean;
  readonly #failures = new NewFailures();
  #toldSettings: readonly string[] = [];

  /** `isDefaultBuilder`: the user has chosen no other. */
  constructor(messages: Messages, isDefaultBuilder: () => boolean) {
    this.#messages = messages;
    this.#isDefaultBuilder = isDefaultBuilder;
  }

  /** `missing`: Dockerfiles that the settings name and that are not there. */
  settings(settings: Settings, missing: readonly string[]): void {
    const problems = [
      ...settings.problems(workspace.workspaceFolders ?? []),
      ...missing.map((path) => `presync.contexts: ${workspace.asRelativePath(path)} does not exist.`),
    ];
    const fresh = problems.filter((text) => !this.#toldSettings.includes(text));
    this.#toldSettings = problems;
    if (fresh.length === 0) return;
    void this.#messages.warn(`A setting cannot be used. ${fresh.join(' ')}`, openSettings);
  }

  contexts(kept: KeptContexts): void {
    for (const failure of this.#failures.take(kept.all)) void this.#tell(failure);
  }

  /** A build ended; what it failed by was told with it. */
  built({ error }: EndedBuild, kept: KeptContexts): void {
    if (error !== undefined) this.#failures.heard(kept.all, error.code);
  }

  /** Folders of the workspace that are gone from it, before what was in them is let go. */
  removed(folders: readonly WorkspaceFolder[], kept: KeptContexts): void {
    const left = workspace.workspaceFolders ?? [];
    const isIn = (roots: readonly WorkspaceFolder[], { source }: KeptContext) =>
      roots.some(({ uri }) => isWithin(source.folder, uri.fsPath));
    const lost = kept.all.filter((context) => isIn(folders, context) && !isIn(left, context));
    if (lost.length === 0) return;
    const names = lost.map(({ name }) => name).join(', ');
    const verb = lost.length === 1 ? 'is' : 'are';
    void this.#messages.inform(
      `${names} ${verb} no longer kept in sync here: removed from the workspace.`,
      addBack(folders),
    );
  }

  worker(worker: WorkerHost): void {
    if (worker.state !== 'failed') return;
    const restart = { title: 'Restart', run: () => worker.restart() };
    const why = worker.failure === undefined ? '' : ` (${errorMessage(worker.failure)})`;
    void this.#messages.warn(`Presync stopped: its background thread keeps failing${why}.`, restart, showLog);
  }

  async #tell(failure: PlainError): Promise<void> {
    // Of an address that the user has chosen the failure itself tells.
    const isPlain = failure.code !== 'ENGINE_NOT_FOUND' || !this.#isDefaultBuilder() || !(await inContainer());
    const more = failure.code === 'DOCKERFILE_NOT_FOUND' ? [stopKeeping] : [];
    if (isPlain) return this.#messages.failed(fromPlainError(failure), ...more);
    const mount =
      'Mount its socket into the container (/var/run/docker.sock), or select a builder that can be reached.';
    await this.#messages.warn(`There is no Docker engine in this container. ${mount}`, selectBuilder, readMore);
  }
}

const openSettings: Action = {
  title: 'Open Settings',
  run: () => commands.executeCommand('workbench.action.openSettings', '@ext:presync.presync'),
};
const selectBuilder: Action = {
  title: 'Select Builder',
  run: () => commands.executeCommand('presync.selectBuilder'),
};
const stopKeeping: Action = {
  title: 'Stop Keeping in Sync',
  run: () => commands.executeCommand('presync.stopKeeping'),
};
const addBack = (folders: readonly WorkspaceFolder[]): Action => ({
  title: 'Add Back',
  run: () =>
    workspace.updateWorkspaceFolders(
      workspace.workspaceFolders?.length ?? 0,
      null,
      ...folders.map(({ uri, name }) => ({ uri, name })),
    ),
});
const readMore: Action = { title: 'Read More', run: () => env.openExternal(Uri.parse(socketHelp)) };

async function inContainer(): Promise<boolean> {
  if (/container/.test(env.remoteName ?? '')) return true;
  return access('/.dockerenv').then(
    () => true,
    () => false,
  );
}
