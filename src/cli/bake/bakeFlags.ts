/** The flags of `presync bake`: those that bake itself reads, and our own. */
import type { Command as Commander } from 'commander';
import { addRunFlags } from '../buildFlags.ts';
import { collect, some } from '../flagTypes.ts';
import type { BakeOptions, Command } from '../options.ts';

export function addBake(program: Commander, done: (command: Command) => void): void {
  const bake = program
    .command('bake')
    .description('Build the targets of a bake or compose file at once. Those of one folder share its sync.')
    .argument('[targets...]', 'the targets (default: those of the group "default")')
    .option('-f, --file <file>', 'the bake or compose file; may be repeated', collect)
    .option('--set <override>', 'override a value: TARGET.KEY=VALUE; may be repeated', collect)
    .option('--no-cache', 'run every step anew')
    .option('--pull', 'ask registries for newer images')
    .option('--push', 'push the images to their registries')
    .option('--load', "put the images into the engine's store")
    .option('--metadata-file <file>', 'write what the builder says about the results to a file, as JSON', some);
  addRunFlags(bake);
  bake.action((targets: string[], values: BakeValues) => {
    const { file = [], set = [], cache, pull, push, load, ...same } = values;
    const switches = Object.entries({ 'no-cache': !cache, pull, push, load });
    const passed = [
      ...file.flatMap((one) => ['-f', one]),
      ...set.flatMap((one) => ['--set', one]),
      ...switches.flatMap(([name, on]) => (on === true ? [`--${name}`] : [])),
      '--',
      ...targets,
    ];
    done({ name: 'bake', options: { ...same, passed } });
  });
}

interface BakeValues extends Omit<BakeOptions, 'passed'> {
  readonly file?: string[];
  readonly set?: string[];
  readonly cache: boolean;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly load?: boolean;
}
