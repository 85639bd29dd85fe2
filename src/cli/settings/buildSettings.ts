/** The flags that say how a build runs, as docker buildx has them. */
import { isDeepStrictEqual } from 'node:util';
import type { BuildSettings, NetworkMode } from '../../context/buildSettings.ts';
import { usualSettings } from '../../context/buildSettings.ts';
import { parseAttests } from './attests.ts';
import { remoteContexts } from './buildContexts.ts';
import { parseByteSize } from './byteSize.ts';
import { parseCachePlace } from './cachePlace.ts';
import { parseHost } from './hosts.ts';
import { parsePlatform } from './platforms.ts';
import { parseUlimit } from './ulimits.ts';

/** As typed; a flag that was not given is not there. */
export interface SettingFlags {
  readonly platform?: readonly string[];
  readonly label?: readonly string[];
  readonly pull?: boolean;
  readonly noCacheFilter?: readonly string[];
  readonly network?: NetworkMode;
  readonly addHost?: readonly string[];
  readonly ulimit?: readonly string[];
  readonly shmSize?: string;
  readonly cgroupParent?: string;
  readonly allow?: readonly string[];
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  readonly attest?: readonly string[];
  readonly provenance?: string;
  readonly sbom?: string;
  readonly buildContext?: readonly string[];
}

/** Undefined for the usual settings. USAGE for what cannot be understood, BUILDER_UNSUPPORTED for what no builder can. */
export function parseSettings(flags: SettingFlags): BuildSettings | undefined {
  const settings: BuildSettings = {
    platforms: commaSeparated(flags.platform).map(parsePlatform),
    labels: new Map((flags.label ?? []).map(parseLabel)),
    pull: flags.pull ?? false,
    noCacheStages: commaSeparated(flags.noCacheFilter),
    network: flags.network ?? 'default',
    hosts: commaSeparated(flags.addHost).map(parseHost),
    ulimits: (flags.ulimit ?? []).map(parseUlimit),
    shmBytes: flags.shmSize === undefined ? usualSettings.shmBytes : parseByteSize('shm-size', flags.shmSize),
    cgroupParent: flags.cgroupParent ?? '',
    allow: commaSeparated(flags.allow),
    cacheFrom: (flags.cacheFrom ?? []).map((place) => parseCachePlace('cache-from', place)),
    cacheTo: (flags.cacheTo ?? []).map((place) => parseCachePlace('cache-to', place)),
    attests: parseAttests(flags),
    contexts: remoteContexts(flags.buildContext ?? []),
  };
  return isDeepStrictEqual(settings, usualSettings) ? undefined : settings;
}

/** Several in one flag, or in several. */
function commaSeparated(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(',')).filter((value) => value !== '');
}

/** `NAME=VALUE`; a lone name has no value. */
function parseLabel(label: string): [string, string] {
  const equals = label.indexOf('=');
  return equals < 0 ? [label, ''] : [label.slice(0, equals), label.slice(equals + 1)];
}
