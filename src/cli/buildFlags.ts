/** The flags of `presync build`: those of `docker buildx build`, and our own. */
import type { Command as Commander } from 'commander';
import { Option } from 'commander';
import { builderAddress, daemonAddress } from './addresses.ts';
import { choice, collect, some } from './flagTypes.ts';
import type { BuildOptions, Command, CommonOptions, ProgressMode } from './options.ts';
import type { ResultFiles } from './resultFiles.ts';
import type { SettingFlags } from './settings/buildSettings.ts';
import { addSettings, splitSettings } from './settings/settingFlags.ts';

export function addBuild(program: Commander, done: (command: Command) => void): void {
  const build = program
    .command('build')
    .description('Build an image from a Dockerfile.')
    .argument(
      '[path]',
      'the context: a folder, a git or http URL, or "-" for a tar or a Dockerfile on stdin',
      some,
      '.',
    )
    .option('-f, --file <dockerfile>', 'the Dockerfile (default: <path>/Dockerfile); "-" for standard input', some)
    .option('-t, --tag <name>', 'name the image; may be repeated', collect)
    .option('--target <stage>', 'the stage to build; several are built at once, as NAME:STAGE', collect)
    .option('--build-arg <name=value>', 'set a build argument; may be repeated', collect)
    .option('--secret <spec>', 'a secret for RUN --mount=type=secret: id=NAME[,src=FILE|env=VARIABLE]', collect)
    .option('--ssh <spec>', 'an ssh agent for RUN --mount=type=ssh: default|ID[=SOCKET|KEY[,KEY]]', collect)
    .option('--no-cache', 'run every step anew')
    .option('-o, --output <spec>', 'where the result goes: FOLDER, or type=local|tar|oci|docker|image|…', collect)
    .option('--push', 'push the image to its registry', false)
    .option('--load', "put an image into the engine's store, beside other outputs", false)
    .option('--iidfile <file>', 'write the id of the image to a file', some)
    .option('--metadata-file <file>', 'write what the builder says about the result to a file, as JSON', some);
  addSettings(build);
  addRunFlags(build);
  build.action((path: string, values: BuildValues) => {
    const [settings, others] = splitSettings(values);
    const { file, target, builder, daemon, cache, tag, buildArg, secret, ssh, output, annotation, ...same } = others;
    const lists = {
      tags: tag ?? [],
      targets: target ?? [],
      buildArgs: buildArg ?? [],
      secrets: secret ?? [],
      agents: ssh ?? [],
      outputs: output ?? [],
      annotations: annotation ?? [],
    };
    const places = { path, file, builder, daemon };
    const options: BuildOptions = { ...places, ...lists, noCache: !cache, settings, ...same };
    done({ name: 'build', options });
  });
}

/** What is the same for whatever is built. */
export function addRunFlags(command: Commander): void {
  command
    .addOption(choice('--context <extent>', 'which files to synchronise', ['all', 'needed'], 'needed'))
    .addOption(choice('--proof <when>', 'compare the built snapshot with the folder', proofs, 'concurrent'))
    .option('--builder <builder>', 'the engine (default: the one that docker uses)', builderAddress)
    .option('--daemon <daemon>', "the daemon (default: the user's own, started on demand)", daemonAddress)
    .addOption(choice('--progress <mode>', 'how to show progress', progressModes, 'auto'))
    .addOption(quiet)
    .option('--json', 'print the result as one JSON object, the last line of standard output', false);
}

const quiet = new Option('-q, --quiet', 'show no progress; print the id of the image').implies({ progress: 'quiet' });
const progressModes: readonly ProgressMode[] = ['auto', 'plain', 'tty', 'rawjson', 'quiet'];
const proofs = ['before', 'concurrent', 'off'];

/** What commander makes of the flags; a flag that was not given is not there. */
interface BuildValues
  extends
    CommonOptions,
    SettingFlags,
    ResultFiles,
    Pick<BuildOptions, 'file' | 'builder' | 'json' | 'push' | 'load' | 'quiet' | 'context' | 'proof' | 'progress'> {
  readonly tag?: string[];
  readonly target?: string[];
  readonly buildArg?: string[];
  readonly secret?: string[];
  readonly ssh?: string[];
  readonly output?: string[];
  readonly annotation?: string[];
  readonly cache: boolean;
}
