/** Wire ⇄ model for how a build runs. */
import { PresyncError } from '../base/errors.ts';
import type { BuildSettings, CachePlace } from '../context/buildSettings.ts';
import { networkModes } from '../context/buildSettings.ts';
import { toSize } from './convertEntry.ts';
import type { presync } from './generated/presync.js';

export function settingsToWire(settings: BuildSettings): presync.v1.BuildSettings.$Properties {
  const { platforms, labels, pull, noCacheStages, network, hosts, ulimits, shmBytes, cgroupParent, allow } = settings;
  return {
    platforms: [...platforms],
    labels: Object.fromEntries(labels),
    pull,
    noCacheStages: [...noCacheStages],
    network,
    hosts: [...hosts],
    ulimits: [...ulimits],
    shmBytes,
    cgroupParent,
    allow: [...allow],
    cacheFrom: settings.cacheFrom.map(placeToWire),
    cacheTo: settings.cacheTo.map(placeToWire),
    attests: Object.fromEntries(settings.attests),
    contexts: Object.fromEntries(settings.contexts),
  };
}

export function settingsFromWire(wire: presync.v1.BuildSettings.$Properties): BuildSettings {
  const network = networkModes.find((known) => known === (wire.network || 'default'));
  if (network === undefined) throw new PresyncError('PROTOCOL', `A network "${wire.network}" is not known.`);
  return {
    platforms: wire.platforms ?? [],
    labels: new Map(Object.entries(wire.labels ?? {})),
    pull: wire.pull ?? false,
    noCacheStages: wire.noCacheStages ?? [],
    network,
    hosts: wire.hosts ?? [],
    ulimits: wire.ulimits ?? [],
    shmBytes: toSize(wire.shmBytes ?? 0),
    cgroupParent: wire.cgroupParent ?? '',
    allow: wire.allow ?? [],
    cacheFrom: (wire.cacheFrom ?? []).map(placeFromWire),
    cacheTo: (wire.cacheTo ?? []).map(placeFromWire),
    attests: new Map(Object.entries(wire.attests ?? {})),
    contexts: new Map(Object.entries(wire.contexts ?? {})),
  };
}

function placeToWire({ type, attributes }: CachePlace): presync.v1.CachePlace.$Properties {
  return { type, attributes: Object.fromEntries(attributes) };
}

function placeFromWire({ type, attributes }: presync.v1.CachePlace.$Properties): CachePlace {
  return { type: type ?? '', attributes: new Map(Object.entries(attributes ?? {})) };
}
