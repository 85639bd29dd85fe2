/** The extension: composition root. Nothing is read, started or sent before the user has agreed to it. */
import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { window, workspace } from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { systemClock } from '../base/time.ts';
import { readDockerfile } from '../client/recipeFile.ts';
import { tellFailure } from './build/buildFailed.ts';
import type { BuildChoice } from './build/buildChoice.ts';
import { ChoiceMemory } from './build/buildChoice.ts';
import { BuildRunner } from './build/buildRunner.ts';
import { BuildTerminals } from './build/buildTerminals.ts';
import { DockerfileProblems } from './build/dockerfileProblems.ts';
import { newTerminal } from './build/newTerminal.ts';
import { saveFilesOf } from './build/savedFiles.ts';
import { ChosenBuilder } from './builders/chosenBuilder.ts';
import { CliShim } from './cliShim.ts';
import { buildCommands } from './commands/buildCommands.ts';
import { registerCommands } from './commands/commandTable.ts';
import { showMenu } from './commands/menu.ts';
import { syncCommands } from './commands/syncCommands.ts';
import { Agreement } from './contexts/agreement.ts';
import { Consent } from './contexts/consent.ts';
import { KeptContexts } from './contexts/keptContexts.ts';
import { WindowContexts } from './contexts/windowContexts.ts';
import { noDockerfile } from './contexts/noDockerfile.ts';
import { addToIgnoreFile } from './editor/ignoreFile.ts';
import { StageLens } from './editor/stageLens.ts';
import { fileExists } from './fileExists.ts';
import { WorkerHost } from './link/workerHost.ts';
import { startWorkerThread } from './link/workerThread.ts';
import { channelLogger } from './log.ts';
import { Messages } from './messages.ts';
import { Notices } from './notices.ts';
import { Settings } from './settings.ts';
import { WindowStatus } from './status/windowStatus.ts';
import { BuildTaskProvider } from './tasks/buildTaskProvider.ts';
import { contextCommands } from './view/contextCommands.ts';
import { ContextView } from './view/contextView.ts';

let worker: WorkerHost | undefined;

/** Called by VS Code once. */
export async function activate(context: ExtensionContext): Promise<void> {
  const { workspaceState: memory, subscriptions, extensionPath, globalStorageUri } = context;
  const own = <T extends Disposable>(part: T): T => (subscriptions.push(part), part);
  const dist = join(extensionPath, 'dist');

  const channel = own(window.createOutputChannel('Presync', { log: true }));
  const logger = channelLogger(channel);
  const messages = new Messages(logger);
  const settings = new Settings();
  const consent = new Consent(memory);
  const choices = new ChoiceMemory(memory);
  const builder = own(new ChosenBuilder(memory));
  const notices = new Notices(messages, () => builder.current.spec === '');
  const destination = () => ({ builder: builder.current.spec, daemon: settings.daemon });

  const start = () => startWorkerThread(join(dist, 'worker.js'), { daemonScript: join(dist, 'daemon.js') });
  const link = own((worker = new WorkerHost({ start, clock: systemClock, random: Math.random })));
  const { onContext, onProgress, onDidRestart } = link;
  own(link.onLog(({ level, message }) => logger[level](message)));

  const kept = own(new KeptContexts({ worker: link, onContext, onDidRestart, logger }));
  // Before what is kept follows the workspace.
  own(workspace.onDidChangeWorkspaceFolders(({ removed }) => notices.removed(removed, kept)));
  const contexts = own(new WindowContexts({ consent, kept, settings, destination }));
  const sources = () => contexts.sources();
  const agreement = new Agreement({
    worker: link,
    consent,
    messages,
    destination,
    builderName: () => builder.current.name,
    readDockerfile,
    ignore: addToIgnoreFile,
  });

  const prepare = async ({ source }: BuildChoice, signal: AbortSignal) => {
    if (!(await fileExists(source.dockerfile))) throw noDockerfile(source);
    await agreement.build(source, signal);
    await contexts.refresh();
    if (settings.saveBeforeBuild) await saveFilesOf(source);
  };
  const runner = own(new BuildRunner({ worker: link, onProgress, destination, proof: () => settings.proof, prepare }));
  const terminals = own(new BuildTerminals((choice) => newTerminal(choice, runner, systemClock, false)));

  const problems = own(new DockerfileProblems(() => settings.buildkitWarnings));
  own(runner.onDidBegin((choice) => void choices.built(choice)));
  own(runner.onDidEnd((build) => void problems.report(build)));
  for (const change of [contexts.onDidChange, workspace.onDidDeleteFiles, workspace.onDidRenameFiles]) {
    own(change(() => void problems.forgetGone()));
  }
  own(new StageLens({ enabled: () => workspace.isTrusted && settings.codeLens, onDidChange: contexts.onDidChange }));
  own(new BuildTaskProvider({ sources, runner, clock: systemClock }));

  const shim = new CliShim(
    {
      folder: join(globalStorageUri.fsPath, 'bin'),
      cli: join(dist, 'cli.js'),
      node: process.execPath,
      platform: process.platform,
    },
    context.environmentVariableCollection,
  );
  const isUsed = () => workspace.isTrusted && (consent.any || contexts.configured.length > 0);
  own(contexts.onDidChange(() => isUsed() && void messages.guard(() => shim.install())));

  const view = own(new ContextView({ worker: link, kept, clock: systemClock }));
  const status = own(new WindowStatus({ worker: link, kept, contexts, runner, choices, builder, clock: systemClock }));

  own(kept.onDidChange(() => notices.contexts(kept)));
  own(link.onDidChangeState(() => notices.worker(link)));
  own(contexts.onDidChange(() => notices.settings(settings, contexts.missing)));
  own(runner.onDidEnd((build) => notices.built(build, kept)));
  own(runner.onDidEnd((build) => void tellFailure(build, terminals.terminalOf(build.choice), messages)));
  own(workspace.onDidSaveTextDocument(({ uri }) => uri.scheme === 'file' && kept.saved(uri.fsPath)));
  own(workspace.onDidSaveNotebookDocument(({ uri }) => uri.scheme === 'file' && kept.saved(uri.fsPath)));

  own(
    registerCommands(
      {
        ...buildCommands({ runner, terminals, choices, contexts }),
        ...syncCommands({
          worker: link,
          consent,
          agreement,
          kept,
          builder,
          destination,
          contexts,
          messages,
          showLog: () => channel.show(),
        }),
        ...contextCommands(view),
        menu: () =>
          showMenu({ ...status.state, trusted: workspace.isTrusted, hasLastBuild: choices.last !== undefined }),
      },
      messages,
    ),
  );
  await contexts.refresh();
}

/** Called by VS Code when the window closes; it waits for the promise, though not for long. */
export function deactivate(): Promise<void> | undefined {
  return worker?.stop();
}
