/** A target of a bake file as the flags of a build. */
import { isAbsolute, join } from 'node:path';
import { PresyncError } from '../../base/errors.ts';
import { networkModes } from '../../context/buildSettings.ts';
import type { BuildOptions } from '../options.ts';
import { isRemoteUrl } from '../remoteUrl.ts';
import type { SettingFlags } from '../settings/buildSettings.ts';
import type { BakeTarget } from './printBake.ts';

/** What the command line says for all targets. */
export type BakeCommon = Pick<
  BuildOptions,
  'debug' | 'daemon' | 'tokenFile' | 'tlsCa' | 'context' | 'proof' | 'builder' | 'progress' | 'json'
>;

export interface TargetOptions {
  readonly options: BuildOptions;
  /** The Dockerfile, where the bake file has it in it. */
  readonly inline: string | undefined;
}

/** BUILDER_UNSUPPORTED for what a target says and no build of ours can do. */
export function targetOptions({ name, fields }: BakeTarget, common: BakeCommon): TargetOptions {
  const read = new Fields(name, fields);
  const path = read.text('context') ?? '.';
  if (path === '-') throw read.unsupported('context');
  const inline = read.text('dockerfile-inline');
  const dockerfile = read.text('dockerfile');
  const target = read.text('target');
  const options: BuildOptions = {
    ...common,
    path,
    // Relative to the context, unlike that of a command line.
    file: dockerfile === undefined || inline !== undefined ? undefined : within(path, dockerfile),
    targets: target === undefined ? [] : [target],
    tags: read.list('tags'),
    buildArgs: read.pairs('args'),
    secrets: read.list('secret'),
    agents: read.agents(),
    noCache: read.flag('no-cache') ?? false,
    outputs: read.list('output'),
    annotations: read.list('annotations'),
    settings: read.settings(),
    push: false,
    load: false,
  };
  read.refuseOthers();
  return { options, inline };
}

function within(context: string, dockerfile: string): string {
  return isAbsolute(dockerfile) || isRemoteUrl(context) ? dockerfile : join(context, dockerfile);
}

class Fields {
  readonly #name: string;
  readonly #left: Map<string, unknown>;

  constructor(name: string, fields: Readonly<Record<string, unknown>>) {
    this.#name = name;
    this.#left = new Map(Object.entries(fields));
    for (const remark of ['description', 'inherits', 'matrix', 'name']) this.#left.delete(remark);
  }

  text(key: string): string | undefined {
    const value = this.#take(key);
    if (value === undefined || typeof value === 'string') return value;
    throw this.unsupported(key);
  }

  flag(key: string): boolean | undefined {
    const value = this.#take(key);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.unsupported(key);
  }

  /** Texts, or in newer versions of bake the fields of them. */
  list(key: string): string[] {
    const value = this.#take(key) ?? [];
    if (!Array.isArray(value)) throw this.unsupported(key);
    return value.map((one: unknown) => (typeof one === 'string' ? one : this.#csv(key, one)));
  }

  /** `NAME=VALUE`; a lone name for one without a value. */
  pairs(key: string): string[] {
    const value = this.#take(key) ?? {};
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.unsupported(key);
    return Object.entries(value).map(([name, text]) => (text === null ? name : `${name}=${String(text)}`));
  }

  /** Texts, or in newer versions of bake an id and paths. */
  agents(): string[] {
    const value = this.#take('ssh') ?? [];
    if (!Array.isArray(value)) throw this.unsupported('ssh');
    return value.map((one: unknown) => {
      if (typeof one === 'string') return one;
      const { id, paths = [] } = (one ?? {}) as Partial<Record<string, unknown>>;
      if (typeof id !== 'string' || !Array.isArray(paths)) throw this.unsupported('ssh');
      return paths.length === 0 ? id : `${id}=${paths.join(',')}`;
    });
  }

  settings(): SettingFlags {
    const network = this.text('network');
    const mode = networkModes.find((known) => known === network);
    if (network !== undefined && mode === undefined) throw this.unsupported('network');
    const shmSize = this.text('shm-size');
    return {
      platform: this.list('platforms'),
      label: this.pairs('labels'),
      pull: this.flag('pull') ?? false,
      noCacheFilter: this.list('no-cache-filter'),
      ulimit: this.list('ulimits'),
      allow: this.list('entitlements'),
      addHost: this.pairs('extra-hosts'),
      cacheFrom: this.list('cache-from'),
      cacheTo: this.list('cache-to'),
      attest: this.list('attest'),
      buildContext: this.pairs('contexts'),
      ...(mode === undefined ? {} : { network: mode }),
      ...(shmSize === undefined ? {} : { shmSize }),
    };
  }

  /** Nothing that a target says is passed over. */
  refuseOthers(): void {
    if (this.#left.get('call') === 'build') this.#left.delete('call');
    for (const key of this.#left.keys()) throw this.unsupported(key);
  }

  unsupported(key: string): PresyncError {
    return new PresyncError('BUILDER_UNSUPPORTED', `Target "${this.#name}": its "${key}" is not supported.`, {
      hint: 'Build this target with docker buildx bake.',
    });
  }

  #take(key: string): unknown {
    const value = this.#left.get(key);
    this.#left.delete(key);
    return value ?? undefined;
  }

  #csv(key: string, value: unknown): string {
    if (typeof value !== 'object' || value === null) throw this.unsupported(key);
    return Object.entries(value)
      .map(([name, text]) => `"${name}=${String(text).replaceAll('"', '""')}"`)
      .join(',');
  }
}
