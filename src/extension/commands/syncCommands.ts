/** The commands about what is kept in sync, and with which builder. */
import { commands, ProgressLocation, window } from 'vscode';
import type { ChosenBuilder } from '../builders/chosenBuilder.ts';
import { pickBuilder } from '../builders/pickBuilder.ts';
import type { Agreement } from '../contexts/agreement.ts';
import type { Consent } from '../contexts/consent.ts';
import { nameOf } from '../contexts/contextSource.ts';
import type { KeptContexts } from '../contexts/keptContexts.ts';
import type { WindowContexts } from '../contexts/windowContexts.ts';
import type { ContextSource, Destination } from '../link/workerApi.ts';
import type { WorkerHost } from '../link/workerHost.ts';
import type { Messages } from '../messages.ts';
import type { Contexts } from './chooseSource.ts';
import { allOf, askSource } from './chooseSource.ts';
import type { CommandTable } from './commandTable.ts';

export interface SyncCommandPorts {
  readonly worker: WorkerHost;
  readonly consent: Consent;
  readonly agreement: Agreement;
  readonly kept: KeptContexts;
  readonly builder: ChosenBuilder;
  destination(): Destination;
  readonly contexts: Contexts & Pick<WindowContexts, 'refresh'>;
  readonly messages: Messages;
  showLog(): void;
}

export function syncCommands(ports: SyncCommandPorts): CommandTable {
  const { worker, consent, agreement, kept, builder, contexts, messages } = ports;
  const { isKept } = contexts;

  const setPaused = async (paused: boolean) => {
    await consent.setPaused(paused);
    await contexts.refresh();
  };

  return {
    keepInSync: async () => {
      const all = await allOf(contexts);
      if (all.every(isKept) && !consent.paused) return messages.inform('Everything is kept in sync already.');
      const placeHolder = 'Which build context?';
      const source = await askSource(all, { title: 'Keep in Sync', placeHolder, isKept });
      if (source === undefined) return;
      if (!isKept(source)) await agreement.keep(source);
      await consent.setPaused(false);
      await contexts.refresh();
    },

    stopKeeping: async () => {
      const source = await askSource(
        kept.all.map((context) => context.source),
        { title: 'Stop Keeping in Sync', placeHolder: 'Which build context is no longer kept in sync?' },
      );
      if (source === undefined) return;
      await consent.withdraw(source);
      await contexts.refresh();
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
      await contexts.refresh();
    },

    showContext: () => {
      if (kept.all.length > 0) return commands.executeCommand('presync.context.focus');
      return messages.inform('No build context is kept in sync yet: there is nothing to show.', {
        title: 'Keep in Sync',
        run: () => commands.executeCommand('presync.keepInSync'),
      });
    },

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
