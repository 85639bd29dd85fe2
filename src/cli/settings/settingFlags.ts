/** The flags of `presync build` that say how a build runs. */
import type { Command as Commander } from 'commander';
import { Option } from 'commander';
import { networkModes } from '../../context/buildSettings.ts';
import { collect } from '../flagTypes.ts';
import type { SettingFlags } from './buildSettings.ts';

export function addSettings(build: Commander): void {
  build
    .option(
      '--build-context <name=source>',
      'a further context: a folder, docker-image://IMAGE, a git or https URL',
      collect,
    )
    .addOption(noCacheFilter())
    .option('--pull', 'ask registries for newer images')
    .option('--platform <platform>', 'what to build for: OS/ARCHITECTURE, such as linux/arm64', collect)
    .option('--label <name=value>', 'a label of the image; may be repeated', collect)
    .option('--annotation <[type:]key=value>', 'an annotation of the image; may be repeated', collect)
    .addOption(new Option('--network <mode>', 'the network of RUN steps').choices([...networkModes]))
    .option('--add-host <name:address>', 'a name for RUN steps; the address may be host-gateway', collect)
    .option('--ulimit <name=soft[:hard]>', 'a limit for RUN steps', collect)
    .option('--shm-size <size>', 'the size of /dev/shm for RUN steps, such as 64m')
    .option('--cgroup-parent <group>', 'the parent cgroup of RUN steps')
    .option('--allow <right>', 'network.host, security.insecure; the builder must allow it too', collect)
    .option('--cache-from <place>', 'a cache to use: an image, or type=registry,ref=IMAGE', collect)
    .option('--cache-to <place>', 'where to write the cache: type=inline, or type=registry,ref=IMAGE', collect)
    .option('--attest <spec>', 'put beside the image how it was made: type=provenance|sbom[,…]', collect)
    .option('--provenance <spec>', 'as --attest type=provenance: true, false, mode=max')
    .option('--sbom <spec>', 'as --attest type=sbom: true, false, generator=IMAGE');
}

/** To commander the "no" is a negation, which it is not here. */
function noCacheFilter(): Option {
  const option = new Option('--no-cache-filter <stage>', 'run the steps of these stages anew').argParser(collect);
  option.negate = false;
  return option;
}

/** The settings that were given, and everything else. */
export function splitSettings<T extends SettingFlags>(values: T) {
  const { platform, label, pull, noCacheFilter, network, addHost, ulimit, shmSize, cgroupParent, ...others } = values;
  const { buildContext, allow, cacheFrom, cacheTo, attest, provenance, sbom, ...rest } = others;
  const conditions = { network, addHost, ulimit, shmSize, cgroupParent, allow };
  const result = { platform, label, attest, provenance, sbom };
  const all = { ...conditions, ...result, buildContext, pull, noCacheFilter, cacheFrom, cacheTo };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const settings: SettingFlags = Object.fromEntries(given);
  return [settings, rest] as const;
}
