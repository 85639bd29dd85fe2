/**
 * Keeps what the window keeps in sync at what the user agreed to: looks again whenever the workspace's folders, the
 * settings, the trust or the builder change.
 */
import { RelativePattern, workspace } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import type { ContextSource, Destination } from '../link/workerApi.ts';
import type { Settings } from '../settings.ts';
import type { Consent } from './consent.ts';
import { isWithin } from './contextSource.ts';
import { anySources, configuredSources, distinct } from './dockerfiles.ts';
import type { KeptContexts } from './keptContexts.ts';

export interface WindowContextsPorts {
  readonly consent: Consent;
  readonly kept: KeptContexts;
  readonly settings: Settings;
  destination(): Destination;
}

export class WindowContexts implements Disposable {
  readonly #ports: WindowContextsPorts;
  readonly #resources = new DisposableStore();
  readonly #changed = this.#resources.add(new Emitter<void>());
  #watchers = new DisposableStore();
  #configured: readonly ContextSource[] = [];
  /** Looks run one after the other, so that the latest one decides. */
  #looking: Promise<void> = Promise.resolve();

  /** What is configured or kept may have changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: WindowContextsPorts) {
    this.#ports = ports;
    this.#watchDockerfiles();
    this.#resources.add(
      workspace.onDidChangeWorkspaceFolders(() => {
        this.#watchDockerfiles();
        void this.refresh();
      }),
    );
    this.#resources.add(workspace.onDidGrantWorkspaceTrust(() => void this.refresh()));
    this.#resources.add(
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('presync') && void this.refresh()),
    );
    this.#resources.add({ dispose: () => this.#watchers.dispose() });
  }

  /** Contexts of the settings whose Dockerfile is there, as last looked. */
  get configured(): readonly ContextSource[] {
    return this.#configured;
  }

  /** The contexts of the settings and those that are kept. */
  async sources(): Promise<readonly ContextSource[]> {
    await this.refresh();
    return distinct([...this.#configured, ...this.#ports.kept.all.map(({ source }) => source)]);
  }

  /** All that can be chosen: what is kept first, then those of the settings, then the Dockerfiles that neither has. */
  async offered(): Promise<readonly ContextSource[]> {
    const known = await this.sources();
    const isKnown = ({ dockerfile }: ContextSource) => known.some((source) => source.dockerfile === dockerfile);
    const others = (await anySources()).filter((source) => !isKnown(source));
    return distinct([...known.filter(this.isKept), ...known, ...others]);
  }

  /** Whether the user has agreed to it. */
  readonly isKept = (source: ContextSource): boolean => this.#ports.consent.isGiven(source, this.#ports.destination());

  /** Looks again. Without trust nothing is kept. */
  refresh(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  dispose(): void {
    this.#resources.dispose();
  }

  async #look(): Promise<void> {
    const { consent, kept, settings, destination } = this.#ports;
    this.#configured = await configuredSources(settings);
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const given = workspace.isTrusted ? consent.given(destination()) : [];
    kept.setPaused(consent.paused);
    kept.set(
      given.filter(({ folder }) => folders.some((root) => isWithin(folder, root))),
      destination(),
      settings.buildInBackground,
    );
    this.#changed.emit();
  }

  /** A Dockerfile that appears, or goes, makes the item appear, or go. One watch each, on a single name. */
  #watchDockerfiles(): void {
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = this.#watchers.add(
        workspace.createFileSystemWatcher(new RelativePattern(folder, 'Dockerfile'), false, true, false),
      );
      this.#watchers.add(watcher.onDidCreate(() => void this.refresh()));
      this.#watchers.add(watcher.onDidDelete(() => void this.refresh()));
    }
  }
}
