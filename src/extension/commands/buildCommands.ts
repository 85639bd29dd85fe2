/** The commands that build. */
import type { Uri } from 'vscode';
import { PresyncError } from '../../base/errors.ts';
import { readDockerfile } from '../../client/recipeFile.ts';
import { askBuild } from '../build/askBuild.ts';
import { askExport } from '../build/askExport.ts';
import type { ChoiceMemory } from '../build/buildChoice.ts';
import type { BuildRunner } from '../build/buildRunner.ts';
import type { BuildTerminals } from '../build/buildTerminals.ts';
import { readStages } from '../build/stages.ts';
import type { Contexts } from './chooseSource.ts';
import { askToBuild, sourceOfDockerfile, sourceToBuild } from './chooseSource.ts';
import type { CommandTable } from './commandTable.ts';

export interface BuildCommandPorts {
  readonly runner: BuildRunner;
  readonly terminals: BuildTerminals;
  readonly choices: ChoiceMemory;
  readonly contexts: Contexts;
}

export function buildCommands({ runner, terminals, choices, contexts }: BuildCommandPorts): CommandTable {
  return {
    buildImage: async () => {
      const source = await sourceToBuild(contexts);
      if (source !== undefined) terminals.start(choices.choiceFor(source));
    },

    buildImageWith: async () => {
      const source = await askToBuild(contexts, 'Build Image');
      if (source === undefined) return;
      const stages = readStages(new TextDecoder().decode(await readDockerfile(source.dockerfile)));
      const asked = await askBuild(
        choices.choiceFor(source),
        stages.map(({ name }) => name).filter((name) => name !== ''),
      );
      if (asked === undefined) return;
      await choices.remember(asked.choice, asked.keepArgs);
      terminals.start(asked.choice);
    },

    buildAndExport: async () => {
      const source = await askToBuild(contexts, 'Build and Export');
      if (source === undefined) return;
      const choice = choices.choiceFor(source);
      const output = await askExport(choice);
      if (output !== undefined) terminals.start({ ...choice, output });
    },

    rebuildLast: () => {
      const { last } = choices;
      if (last === undefined) throw new PresyncError('USAGE', 'Nothing was built in this workspace yet.');
      terminals.start(last);
    },

    cancelBuild: () => runner.cancel(),

    buildThisDockerfile: async (uri?: Uri) => {
      terminals.start(choices.choiceFor(await sourceOfDockerfile(uri, contexts)));
    },

    buildStage: async (uri: Uri, target: string) => {
      const choice = choices.choiceFor(await sourceOfDockerfile(uri, contexts));
      terminals.start({ ...choice, target, tags: choice.tags.map((tag) => stageTag(tag, target)) });
    },
  };
}

/** A stage's image must not take the name of the whole. */
function stageTag(tag: string, target: string): string {
  const colon = tag.lastIndexOf(':');
  const name = colon > tag.lastIndexOf('/') ? tag.slice(0, colon) : tag;
  return `${name}:${target.replace(/[^A-Za-z0-9_.-]/g, '-')}`;
}
