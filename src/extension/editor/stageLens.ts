/** A lens above each stage of a Dockerfile that can be built: the whole, and up to a stage with a name. */
import type { CodeLensProvider, TextDocument } from 'vscode';
import { CodeLens, languages, Range } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { readStages } from '../build/stages.ts';

export interface StageLensPorts {
  /** Whether lenses are shown: the setting, and the trust of the workspace. */
  enabled(): boolean;
  /** That may have changed. */
  readonly onDidChange: Event<void>;
}

/** Files on disk only: not what a comparison or the history shows. */
const dockerfiles = { language: 'dockerfile', scheme: 'file' } as const;

export class StageLens implements CodeLensProvider, Disposable {
  readonly #ports: StageLensPorts;
  readonly #resources = new DisposableStore();

  readonly onDidChangeCodeLenses: Event<void>;

  constructor(ports: StageLensPorts) {
    this.#ports = ports;
    this.onDidChangeCodeLenses = ports.onDidChange;
    this.#resources.add(languages.registerCodeLensProvider(dockerfiles, this));
  }

  /** BuildKit takes no number for a stage: an earlier one without a name cannot be built by itself. */
  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (!this.#ports.enabled()) return [];
    const { uri } = document;
    const stages = readStages(document.getText());
    const last = stages.at(-1);
    return stages
      .filter((stage) => stage === last || stage.name !== '')
      .map((stage) => {
        const whole = { title: '$(play) Build', command: 'presync.buildThisDockerfile', arguments: [uri] };
        const upTo = { title: 'Build to this stage', command: 'presync.buildStage', arguments: [uri, stage.name] };
        return new CodeLens(new Range(stage.line, 0, stage.line, 0), stage === last ? whole : upTo);
      });
  }

  dispose(): void {
    this.#resources.dispose();
  }
}
