/** The commands about what is kept in sync, and with which builder. */
import { commands, ProgressLocation, window } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { askSource } from '../build/askBuild.ts';
import type { ChosenBuilder } from '../builders/chosenBuilder.ts';
import { pickBuilder } from '../builders/pickBuilder.ts';
import type { Agreement } from '../contexts/agreement.ts';
import type { Consent } from '../contexts/consent.ts';
import { nameOf } from '../contexts/contextSource.ts';
import { anySources, distinct } from '../contexts/dockerfiles.ts';
import type { KeptContexts } from '../contexts/keptContexts.ts';
import type { ContextSource, Destination } from '../link/workerApi.ts';
import type { WorkerHost } from '../link/workerHost.ts';
import type { CommandTable } from './commandTable.ts';

export interface SyncCommandPorts {
  readonly worker: WorkerHost;
  readonly consent: Consent;
  readonly agreement: Agreement;
  readonly kept: KeptContexts;
  readonly builder: ChosenBuilder;
  destination(): Destination;
  sources(): Promise<readonly ContextSource[]>;
  /** What is kept has changed. */
  refresh(): Promise<void>;
  showLog(): void;
}

export function syncCommands(ports: SyncCommandPorts): CommandTable {
  const { worker, consent, agreement, kept, builder } = ports;

  const setPaused = async (paused: boolean) => {
    await consent.setPaused(paused);
    await ports.refresh();
  };

  return {
    keepInSync: async () => {
      const known = await ports.sources();
      const candidates = known.length > 0 ? known : distinct(await anySources());
      const open = candidates.filter((source) => !consent.isGiven(source, ports.destination()));
      if (candidates.length === 0) throw nothingToKeep();
      if (open.length === 0) return void window.showInformationMessage('Everything is kept in sync already.');
      const source = await askSource(open, 'Which build context?');
      if (source === undefined) return;
      await agreement.keep(source);
      await consent.setPaused(false);
      await ports.refresh();
    },

    stopKeeping: async () => {
      const source = await askSource(
        kept.all.map((context) => context.source),
        'Which build context is no longer kept in sync?',
      );
      if (source === undefined) return;
      await consent.withdraw(source);
      await ports.refresh();
    },

    syncNow: () =>
      window.withProgress({ location: ProgressLocation.Window, title: 'Presync: reading everything again' }, () =>
        kept.syncAll(),
      ),

    pauseSync: () => setPaused(true),
    resumeSync: () => setPaused(false),

    selectBuilder: async () => {
      const chosen = await pickBuilder(await worker.request('builders', null), builder.current);
      if (chosen === undefined || chosen.spec === builder.current.spec) return;
      const sources = kept.all.map(({ source }) => source);
      await builder.choose(chosen);
      for (const source of sources) await keepThere(ports, source, chosen.name);
      await ports.refresh();
    },

    showContext: () => commands.executeCommand('presync.context.focus'),
    showLog: () => ports.showLog(),

    restartDaemon: async () => {
      if (worker.state === 'failed') await worker.restart();
      await worker.request('restartDaemon', { daemon: ports.destination().daemon });
    },
  };
}

/** An agreement holds for one builder: another one has to be agreed to. */
async function keepThere(ports: SyncCommandPorts, source: ContextSource, name: string): Promise<void> {
  if (ports.consent.isGiven(source, ports.destination())) return;
  const yes = 'Keep in Sync';
  const message = `Keep ${nameOf(source)} in sync with ${name}?`;
  const detail = 'Its build context is sent there now and as files are saved.';
  if ((await window.showInformationMessage(message, { modal: true, detail }, yes)) !== yes) return;
  await ports.consent.give(source, ports.destination());
}

function nothingToKeep(): PresyncError {
  return new PresyncError('DOCKERFILE_NOT_FOUND', 'There is no Dockerfile in this workspace.', {
    hint: 'Add one, or name it in the setting presync.contexts.',
  });
}
