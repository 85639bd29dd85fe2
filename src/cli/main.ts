/** The CLI: composition root. */
import { join } from 'node:path';
import { PresyncError, systemErrorCode, unreachable } from '../base/errors.ts';
import { silentLogger } from '../base/logger.ts';
import { systemClock } from '../base/time.ts';
import { exitCode } from '../client/exitCode.ts';
import { installDaemon } from '../client/installDaemon.ts';
import { programVersion } from '../client/programVersion.ts';
import { lookAfterStore } from '../client/upkeep.ts';
import type { Dockerfile } from '../context/buildRequest.ts';
import { HelpShown, parseArguments } from './arguments.ts';
import { prepareBake } from './bake/bakeCommand.ts';
import { prepareBuild } from './buildCommand.ts';
import { describeContext } from './contextCommand.ts';
import { runDaemonProgram } from './daemonCommand.ts';
import type { Environment } from '../client/environment.ts';
import { localEnvironment } from '../client/environment.ts';
import type { BakeOptions, BuildOptions, Command } from './options.ts';
import { errorJson, errorLines, imageIds, resultJson, resultLines } from './output.ts';
import type { BuildReport } from './plannedBuild.ts';
import { runPlanned } from './plannedBuild.ts';
import { createProgress } from './progress/createProgress.ts';
import type { ProgressRenderer } from './progress/progressRenderer.ts';
import { shownDockerfile } from './recipe.ts';
import { describeStatus } from './statusCommand.ts';
import { describeUpkeep } from './upkeepCommand.ts';
import { watch } from './watchCommand.ts';

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  let command: Command;
  try {
    command = parseArguments(args, {
      version: programVersion,
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
    });
  } catch (thrown) {
    if (thrown instanceof HelpShown) return 0;
    return fail(thrown, { json: args.includes('--json'), debug: args.includes('--debug') });
  }
  // All programs are in one directory.
  const scripts = {
    daemon: join(__dirname, 'daemon.js'),
    prover: join(__dirname, 'prover.js'),
    scout: join(__dirname, 'scout.js'),
    cutter: join(__dirname, 'cutter.js'),
    watcher: join(__dirname, 'watcher.js'),
  };
  const environment = localEnvironment(silentLogger, scripts, command.options);
  return run(command, environment, interruption());
}

async function run(command: Command, env: Environment, signal: AbortSignal): Promise<number> {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const { debug } = command.options;
  try {
    switch (command.name) {
      case 'build':
        return await runBuild(command.options, env, signal);
      case 'bake':
        return await runBake(command.options, env, signal);
      case 'watch':
        await watch(command.options, env, print, signal);
        return 130;
      case 'status':
        print(await describeStatus(command.options, env));
        return 0;
      case 'context':
        print(await describeContext(command.options, env, signal));
        return 0;
      case 'install':
        print(await installDaemon(command.options.host, env.daemon(undefined), signal));
        return 0;
      case 'daemon':
        return await runDaemonProgram(command.options.args, env);
      case 'gc':
      case 'verify':
        return await runUpkeep(command, env, print, signal);
      default:
        return unreachable(command);
    }
  } catch (thrown) {
    const dockerfile = command.name === 'build' ? shownDockerfile(command.options) : undefined;
    return fail(thrown, { json: 'json' in command.options && command.options.json, debug, dockerfile });
  }
}

async function runUpkeep(
  { name, options }: Extract<Command, { name: 'gc' | 'verify' }>,
  env: Environment,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const report = await lookAfterStore(env.daemon(undefined), name, options.args, signal);
  print(describeUpkeep(name, report, options.json));
  return report.ok ? 0 : 1;
}

async function runBuild(options: BuildOptions, env: Environment, signal: AbortSignal): Promise<number> {
  const parsedAt = performance.now();
  return show(options, async (progress, onDockerfile) => {
    const { group, dockerfile } = await prepareBuild(options, env);
    onDockerfile(dockerfile);
    const { iidfile, metadataFile, builder = '', daemon } = options;
    return runPlanned(env, { groups: [group], parsedAt, builder, daemon, iidfile, metadataFile }, progress, signal);
  });
}

async function runBake(options: BakeOptions, env: Environment, signal: AbortSignal): Promise<number> {
  const parsedAt = performance.now();
  return show(options, async (progress) => {
    const groups = await prepareBake(options, env);
    const { metadataFile, builder = '', daemon } = options;
    return runPlanned(env, { groups, parsedAt, builder, daemon, metadataFile }, progress, signal);
  });
}

/** Shows the progress of builds and what came of them. */
async function show(
  options: Pick<BuildOptions, 'progress' | 'json'>,
  run: (progress: ProgressRenderer, onDockerfile: (read: Dockerfile | undefined) => void) => Promise<BuildReport>,
): Promise<number> {
  const progress = createProgress(options.progress, process.stderr, { clock: systemClock, env: process.env });
  let dockerfile: Dockerfile | undefined;
  try {
    const report = await run(progress, (read) => (dockerfile = read));
    await progress.finish({ ok: true });
    if (options.progress === 'quiet') {
      if (!options.json) for (const id of imageIds(report)) process.stdout.write(`${id}\n`);
    } else if (options.progress !== 'rawjson') {
      // Whoever reads raw JSON wants nothing else between.
      for (const line of resultLines(report)) process.stderr.write(`${line}\n`);
    }
    if (options.json) process.stdout.write(`${resultJson(report)}\n`);
    return 0;
  } catch (thrown) {
    await finishBadly(progress, PresyncError.from(thrown), dockerfile);
    throw thrown;
  }
}

function finishBadly(
  progress: ProgressRenderer,
  error: PresyncError,
  dockerfile: Dockerfile | undefined,
): Promise<void> {
  return progress.finish(dockerfile === undefined ? { ok: false, error } : { ok: false, error, dockerfile });
}

interface Reporting {
  readonly json: boolean;
  readonly debug: boolean;
  /** The path of the Dockerfile that an error may be in. */
  readonly dockerfile?: string | undefined;
}

function fail(thrown: unknown, { json, debug, dockerfile }: Reporting): number {
  const error = PresyncError.from(thrown);
  for (const line of errorLines(error, debug, dockerfile)) process.stderr.write(`${line}\n`);
  if (json) process.stdout.write(`${errorJson(error)}\n`);
  return exitCode(error);
}

/** Fires at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function interruption(): AbortSignal {
  const abort = new AbortController();
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return abort.signal;
}

// A reader that goes away, such as `| head`, ends the printing and not the build.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (systemErrorCode(error) !== 'EPIPE') throw error;
  });
}

main().then(
  // Sockets and timers that are still open must not keep a command that is done.
  (code) => process.exit(code),
  (thrown: unknown) => {
    process.stderr.write(`presync: ${PresyncError.from(thrown).message}\n`);
    process.exit(1);
  },
);
