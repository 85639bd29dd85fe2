/** The flags of `presync build`: those of `docker buildx build`, and our own. */
import type { Command as Commander } from 'commander';
import { choice, collect, some } from './flagTypes.ts';
import type { BuildOptions, Command, CommonOptions } from './options.ts';

export function addBuild(program: Commander, done: (command: Command) => void): void {
  program
    .command('build')
    .description('Build an image from a Dockerfile.')
    .argument('[path]', 'the context: a folder, or "-" for a Dockerfile on standard input and no context', some, '.')
    .option('-f, --file <dockerfile>', 'the Dockerfile (default: <path>/Dockerfile); "-" for standard input', some)
    .option('-t, --tag <name>', 'name the image; may be repeated', collect)
    .option('--target <stage>', 'the stage to build')
    .option('--build-arg <name=value>', 'set a build argument; may be repeated', collect)
    .option('--secret <spec>', 'a secret for RUN --mount=type=secret: id=NAME[,src=FILE|env=VARIABLE]', collect)
    .option('--ssh <spec>', 'an ssh agent for RUN --mount=type=ssh: default|ID[=SOCKET|KEY[,KEY]]', collect)
    .option('--no-cache', 'run every step anew')
    .option('-o, --output <spec>', 'where the result goes: FOLDER, or type=local|tar|oci|docker|image|…', collect)
    .option('--push', 'push the image to its registry', false)
    .option('--load', "put an image into the engine's store, beside other outputs", false)
    .addOption(choice('--context <extent>', 'which files to synchronise', ['all', 'needed'], 'needed'))
    .addOption(choice('--proof <when>', 'compare the built snapshot with the folder', proofs, 'concurrent'))
    .option('--builder <builder>', 'the engine (default: the one that docker uses)')
    .option('--daemon <daemon>', "the daemon (default: the user's own, started on demand)")
    .addOption(choice('--progress <mode>', 'how to show progress', ['auto', 'plain', 'rawjson'], 'auto'))
    .option('--json', 'print the result as one JSON object, the last line of standard output', false)
    .action((path: string, values: BuildValues) => {
      const { file, target, builder, daemon, cache, tag, buildArg, secret, ssh, output, ...same } = values;
      const lists = {
        tags: tag ?? [],
        buildArgs: buildArg ?? [],
        secrets: secret ?? [],
        agents: ssh ?? [],
        outputs: output ?? [],
      };
      const options: BuildOptions = { path, file, target, ...lists, noCache: !cache, builder, daemon, ...same };
      done({ name: 'build', options });
    });
}

const proofs = ['before', 'concurrent', 'off'];

/** What commander makes of the flags; a flag that was not given is not there. */
interface BuildValues
  extends
    CommonOptions,
    Pick<BuildOptions, 'file' | 'target' | 'builder' | 'json' | 'push' | 'load' | 'context' | 'proof' | 'progress'> {
  readonly tag?: string[];
  readonly buildArg?: string[];
  readonly secret?: string[];
  readonly ssh?: string[];
  readonly output?: string[];
  readonly cache: boolean;
}
