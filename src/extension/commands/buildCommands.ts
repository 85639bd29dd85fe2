/** The commands that build. */
import { readFile } from 'node:fs/promises';
import { Uri, window, workspace } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { askBuild, askSource } from '../build/askBuild.ts';
import { askExport } from '../build/askExport.ts';
import type { BuildChoice, ChoiceMemory } from '../build/buildChoice.ts';
import type { BuildRunner } from '../build/buildRunner.ts';
import type { BuildTerminals } from '../build/buildTerminals.ts';
import { readStages } from '../build/stages.ts';
import { keyOf, sourceOf } from '../contexts/contextSource.ts';
import { anySources, contextOf, distinct } from '../contexts/dockerfiles.ts';
import type { ContextSource } from '../link/workerApi.ts';
import type { CommandTable } from './commandTable.ts';

export interface BuildCommandPorts {
  readonly runner: BuildRunner;
  readonly terminals: BuildTerminals;
  readonly choices: ChoiceMemory;
  /** The contexts of the settings and those that are kept in sync. */
  sources(): Promise<readonly ContextSource[]>;
}

export function buildCommands(ports: BuildCommandPorts): CommandTable {
  const { runner, terminals, choices } = ports;

  const build = async (choice: BuildChoice) => {
    await choices.built(choice);
    terminals.start(choice);
  };

  const pickSource = async (): Promise<ContextSource | undefined> => {
    const known = await ports.sources();
    const sources = known.length > 0 ? known : distinct(await anySources());
    if (sources.length === 0) throw noDockerfile();
    const active = window.activeTextEditor?.document.uri;
    const at = active?.scheme === 'file' ? contextOf(active.fsPath, known) : undefined;
    return at ?? askSource(sources, 'Which Dockerfile?');
  };

  return {
    buildImage: async () => {
      const source = await pickSource();
      if (source !== undefined) await build(choices.choiceFor(source));
    },

    buildImageWith: async () => {
      const source = await pickSource();
      if (source === undefined) return;
      const stages = readStages(await readFile(source.dockerfile, 'utf8'));
      const asked = await askBuild(
        choices.choiceFor(source),
        stages.map(({ name }) => name).filter((name) => name !== ''),
      );
      if (asked === undefined) return;
      await choices.remember(asked.choice, asked.keepArgs);
      await build(asked.choice);
    },

    buildAndExport: async () => {
      const source = await pickSource();
      if (source === undefined) return;
      const choice = choices.choiceFor(source);
      const output = await askExport(choice);
      if (output !== undefined) await build({ ...choice, output });
    },

    rebuildLast: async () => {
      const { last } = choices;
      if (last === undefined) throw new PresyncError('USAGE', 'Nothing was built in this workspace yet.');
      await build(last);
    },

    cancelBuild: () => runner.cancel(),

    buildThisDockerfile: async (uri?: Uri) => {
      await build(choices.choiceFor(await sourceOfDockerfile(uri, ports)));
    },

    buildStage: async (uri: Uri, target: string) => {
      const choice = choices.choiceFor(await sourceOfDockerfile(uri, ports));
      await build({ ...choice, target, tags: choice.tags.map((tag) => stageTag(tag, target)) });
    },
  };
}

/** The context that the settings have for a Dockerfile, else the folder that it is in. */
async function sourceOfDockerfile(uri: Uri | undefined, ports: BuildCommandPorts): Promise<ContextSource> {
  const target = uri instanceof Uri ? uri : window.activeTextEditor?.document.uri;
  if (target?.scheme !== 'file' || workspace.getWorkspaceFolder(target) === undefined) {
    throw new PresyncError('DOCKERFILE_NOT_FOUND', 'This is no Dockerfile of the workspace.', {
      hint: 'Open one that is in a folder of the workspace.',
    });
  }
  const own = sourceOf(target.fsPath);
  const configured = (await ports.sources()).filter(({ dockerfile }) => dockerfile === target.fsPath);
  return configured.find((source) => keyOf(source) === keyOf(own)) ?? configured[0] ?? own;
}

/** A stage's image must not take the name of the whole. */
function stageTag(tag: string, target: string): string {
  const colon = tag.lastIndexOf(':');
  const name = colon > tag.lastIndexOf('/') ? tag.slice(0, colon) : tag;
  return `${name}:${target.replace(/[^A-Za-z0-9_.-]/g, '-')}`;
}

function noDockerfile(): PresyncError {
  return new PresyncError('DOCKERFILE_NOT_FOUND', 'There is no Dockerfile in this workspace.', {
    hint: 'Add one, or name it in the setting presync.contexts.',
  });
}
