/**
 * Keeps what the window keeps in sync at what the user agreed to: looks again whenever the workspace's folders, the
 * settings, the trust or the builder change.
 */
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from '../../base/disposable.ts';
import { DisposableStore } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import { fileExists } from '../fileExists.ts';
import type { ContextSource, Destination } from '../link/workerApi.ts';
import type { Settings } from '../settings.ts';
import type { Consent } from './consent.ts';
import { isWithin, keyOf } from './contextSource.ts';
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
  /** The Dockerfiles that are watched. */
  #watched: readonly string[] = [];
  #configured: readonly ContextSource[] = [];
  #missing: readonly string[] = [];
  /** Looks run one after the other, so that the latest one decides. */
  #looking: Promise<void> = Promise.resolve();

  /** What is configured or kept may have changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: WindowContextsPorts) {
    this.#ports = ports;
    this.#resources.add(workspace.onDidChangeWorkspaceFolders(() => void this.refresh()));
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

  /** Dockerfiles that the settings name, of contexts that are not kept, and that are not there, as last looked. */
  get missing(): readonly string[] {
    return this.#missing;
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
    const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const given = workspace.isTrusted ? consent.given(destination()) : [];
    const wanted = given.filter(({ folder }) => folders.some(({ uri }) => isWithin(folder, uri.fsPath)));
    const named = folders.flatMap((folder) => settings.named(folder));
    this.#watch([...folders.flatMap((folder) => settings.sources(folder)), ...wanted]);
    this.#configured = await configuredSources(settings);
    const gone = await withoutDockerfile(distinct([...named, ...wanted]));
    kept.setPaused(consent.paused);
    kept.set(wanted, destination(), settings.buildInBackground);
    kept.setWithoutDockerfile(gone);
    const isWanted = (source: ContextSource) => wanted.some((other) => keyOf(other) === keyOf(source));
    this.#missing = gone.filter((source) => !isWanted(source)).map(({ dockerfile }) => dockerfile);
    this.#changed.emit();
  }

  /** A Dockerfile that appears, or goes, makes a difference. One watch each, on a single name. */
  #watch(sources: readonly ContextSource[]): void {
    const dockerfiles = [...new Set(sources.map(({ dockerfile }) => dockerfile))].sort();
    if (isDeepStrictEqual(dockerfiles, this.#watched)) return;
    this.#watched = dockerfiles;
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    for (const path of dockerfiles) {
      const only = new RelativePattern(Uri.file(dirname(path)), literally(basename(path)));
      const watcher = this.#watchers.add(workspace.createFileSystemWatcher(only, false, true, false));
      this.#watchers.add(watcher.onDidCreate(() => void this.refresh()));
      this.#watchers.add(watcher.onDidDelete(() => void this.refresh()));
    }
  }
}

/** Those whose Dockerfile is not there. */
async function withoutDockerfile(sources: readonly ContextSource[]): Promise<ContextSource[]> {
  const present = await Promise.all(sources.map(({ dockerfile }) => fileExists(dockerfile)));
  return sources.filter((_, index) => !present[index]);
}

/** A name as a pattern of VS Code that matches nothing else. */
function literally(name: string): string {
  return name.replace(/[*?[{]/g, '[$&]');
}
