/** The command line. Reads it, runs nothing: `parseArguments` returns what to do. */
import { Command as Commander, CommanderError, Help, Option } from 'commander';
import { PresyncError } from '../base/errors.ts';
import { builderAddress, daemonAddress, installAddress } from './addresses.ts';
import { addBake } from './bake/bakeFlags.ts';
import { addBuild } from './buildFlags.ts';
import { some } from './flagTypes.ts';
import { parseAge } from './settings/age.ts';
import { parseByteSize } from './settings/byteSize.ts';
import type { Command, CommonOptions, ContextOptions, StatusOptions, UpkeepOptions, WatchOptions } from './options.ts';

/** `--help` or `--version` was asked for: the text has been written, and there is nothing to do. */
export class HelpShown extends Error {}

export interface ArgumentsOutput {
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
}

/** The command that the user means. USAGE for anything that cannot be understood, HelpShown for help and for nothing. */
export function parseArguments(args: readonly string[], output: ArgumentsOutput): Command {
  let parsed: Command | undefined;
  const program = rootCommand(output, (command) => (parsed = command));
  if (args.length === 0) {
    // Nobody asked for help: as docker, on standard error.
    output.err(program.helpInformation({ error: true }));
    throw new HelpShown();
  }
  try {
    program.parse([...args], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    const command = program.commands.find((known) => known.name() === args[0]);
    throw usageOf(thrown, args, command === undefined ? 'presync' : `presync ${command.name()}`);
  }
  if (parsed !== undefined) return parsed;
  throw new PresyncError('USAGE', 'No command was given.', { hint: 'See "presync --help".' });
}

function rootCommand(output: ArgumentsOutput, done: (command: Command) => void): Commander {
  const program = new Commander('presync')
    .description('Keeps Docker build contexts in sync with the builder, so that builds start at once.')
    .version(output.version, '-V, --version', 'show the version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.out(text), writeErr: () => {}, outputError: () => {} })
    .configureHelp({ optionDescription: describeOption })
    .showSuggestionAfterError()
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'Show the help of a command.');
  addBuild(program, done);
  addBake(program, done);
  addWatch(program, done);
  addStatus(program, done);
  addContext(program, done);
  addDaemon(program, done);
  addUpkeep(program, done);
  addInstall(program, done);
  for (const command of program.commands) {
    if (command.options.some((option) => option.long === '--daemon')) addAccess(command);
    command.helpOption('-h, --help', 'show this help');
    command.exitOverride().configureOutput(program.configureOutput());
    command.option('--debug', 'show the causes of an error', process.env['PRESYNC_DEBUG'] === '1');
  }
  return program;
}

function addWatch(program: Commander, done: (command: Command) => void): void {
  program
    .command('watch')
    .description('Keep a context in sync until interrupted. Builds of it start at once.')
    .argument('[path]', 'the folder', some, '.')
    .option('-f, --file <dockerfile>', 'the Dockerfile whose ignore file applies', some)
    .option('--builder <builder>', 'the engine to keep ready (default: the one that docker uses)', builderAddress)
    .option('--build', 'after each change run the last build of the context in the background', false)
    .option('--daemon <daemon>', "the daemon (default: the user's own, started on demand)", daemonAddress)
    .action((path: string, values: Omit<WatchOptions, 'path'>) => {
      done({ name: 'watch', options: { ...values, path } });
    });
}

function addStatus(program: Commander, done: (command: Command) => void): void {
  program
    .command('status')
    .description('Show the daemon, its builder and the contexts that it keeps. Starts nothing.')
    .option('--daemon <daemon>', "the daemon (default: the user's own)", daemonAddress)
    .option('--json', 'print one JSON object', false)
    .action((values: StatusOptions) => done({ name: 'status', options: values }));
}

function addContext(program: Commander, done: (command: Command) => void): void {
  program
    .command('context')
    .description('Show what is in a context, and which rule excluded the rest.')
    .argument('[path]', 'the folder', some, '.')
    .option('-f, --file <dockerfile>', 'the Dockerfile whose ignore file applies', some)
    .option('--json', 'print one JSON object', false)
    .action((path: string, values: Omit<ContextOptions, 'path'>) => {
      done({ name: 'context', options: { ...values, path } });
    });
}

/** Keys to a daemon elsewhere. */
function addAccess(command: Commander): void {
  command
    .option('--token-file <file>', 'holds the token of a daemon at tcp:// or wss://')
    .option('--tls-ca <file>', 'certificates to trust with a daemon at wss://, in PEM form');
}

/** The daemon's own program reads its flags itself; here they only have to exist. */
function addDaemon(root: Commander, done: (command: Command) => void): void {
  addStore(root.command('daemon').description('Run the daemon in the foreground.'))
    .option('--listen <daemon>', 'where: unix:///path, tcp://127.0.0.1:port or wss://host:port', daemonAddress)
    .option('--token-file <file>', 'holds the token of a daemon at tcp:// or wss://; made when there is none')
    .option('--tls-cert <file>', 'the certificate of a daemon at wss://, in PEM form')
    .option('--tls-key <file>', 'its key')
    .option(
      '--builder <builder>',
      'the engine of clients elsewhere and of the Docker API here (default: the one that docker uses)',
      builderAddress,
    )
    .option('--idle <seconds>', 'exit when nothing happened for so long')
    .option('--stdio', 'pass standard input and output on to the daemon of this user: what ssh:// runs')
    .addOption(new Option('--no-start', 'with --stdio: start no daemon').hideHelp())
    .action(({ debug, ...flags }: ProgramFlags) => {
      done({ name: 'daemon', options: { args: argumentsOf(flags), debug, daemon: undefined } });
    });
}

function addUpkeep(root: Commander, done: (command: Command) => void): void {
  const gc = root.command('gc').description('Give back the space of what no context needs any more.');
  gc.option('--max-size <size>', 'forget contexts, those used least recently first, until the store is so small', bytes)
    .option('--older-than <age>', 'forget contexts that were not used for so long, such as 7d', seconds)
    .option('--dry-run', 'only say what would be forgotten');
  const verify = root.command('verify').description('Read and check everything that is stored.');
  for (const command of [gc, verify]) {
    const name = command === gc ? 'gc' : 'verify';
    addStore(command)
      .option('--json', 'print one JSON object', false)
      .action(({ debug, json, ...flags }: ProgramFlags & Pick<UpkeepOptions, 'json'>) => {
        done({ name, options: { args: argumentsOf(flags), json, debug, daemon: undefined } });
      });
  }
}

function addStore(command: Commander): Commander {
  const level = new Option('--log-level <level>', 'what to log on standard error').choices(logLevels);
  return command.option('--data <dir>', 'where its store is', some).addOption(level);
}

const logLevels = ['error', 'warn', 'info', 'debug'];

interface ProgramFlags extends Pick<CommonOptions, 'debug'>, Readonly<Record<string, string | boolean>> {}

function addInstall(program: Commander, done: (command: Command) => void): void {
  program
    .command('install')
    .description('Put the daemon on another host, which has Node.js 20.18 or newer.')
    .argument('<host>', 'ssh://user@host', installAddress)
    .action((host: string, values: CommonOptions) => done({ name: 'install', options: { ...values, host } }));
}

/** As commander has it, without the default of switches: that they are off needs no telling. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: false)', '');
}

/** The flags of the daemon's program, as it reads them. */
function argumentsOf(flags: Readonly<Record<string, string | boolean>>): string[] {
  return Object.entries(flags).flatMap(([flag, value]) => flagArguments(kebab(flag), value));
}

/** A switch that is off by `--no-` is on without it. */
function flagArguments(flag: string, value: string | boolean): string[] {
  if (typeof value === 'string') return [`--${flag}`, value];
  return value ? (flag === 'start' ? [] : [`--${flag}`]) : [`--no-${flag}`];
}

/** For the daemon's program, which takes plain numbers. */
function bytes(text: string): string {
  return String(parseByteSize('max-size', text));
}

function seconds(text: string): string {
  return String(parseAge('older-than', text));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `command` is whose help to read: 'presync build'. */
function usageOf(error: CommanderError, args: readonly string[], command: string): Error {
  if (error.exitCode === 0) return new HelpShown();
  const message = error.message.replace(/^error: /, '').trim();
  // For help on what is no command commander answers with its whole help.
  const text = error.code === 'commander.help' ? `Unknown command '${args.at(-1)}'.` : sentence(message);
  return new PresyncError('USAGE', text, { hint: `See "${command} --help".` });
}

function sentence(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const capital = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.?!)]$/.test(capital) ? capital : `${capital}.`;
}
