/** `presync bake`. */
import type { Environment } from '../../client/environment.ts';
import { hexDigest } from '../../context/digest.ts';
import { prepareBuild } from '../buildCommand.ts';
import type { BakeOptions } from '../options.ts';
import type { BuildGroup } from '../plannedBuild.ts';
import { printBake } from './printBake.ts';
import { targetOptions } from './targetOptions.ts';

/** What bake selects, as builds: those of the same contexts together. Errors of `printBake` and `prepareBuild`. */
export async function prepareBake(options: BakeOptions, env: Environment): Promise<BuildGroup[]> {
  const groups = new Map<string, BuildGroup>();
  for (const target of await printBake(options.passed)) {
    const { options: flags, inline } = targetOptions(target, options);
    const { group } = await prepareBuild(flags, env, inline);
    const builds = group.builds.map((build) => ({ ...build, name: target.name }));
    const named = [...group.named].map(([name, { id }]) => `${name}=${hexDigest(id)}`).sort();
    const key = [hexDigest(group.context.id), ...named].join(' ');
    const known = groups.get(key);
    groups.set(key, known === undefined ? { ...group, builds } : { ...known, builds: [...known.builds, ...builds] });
  }
  return [...groups.values()];
}
