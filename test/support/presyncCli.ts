import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { BuildOptions } from './dockerCli.ts';
import { daemonPids } from './daemons.ts';
import { buildArguments } from './dockerCli.ts';
import { killProcess } from './processes.ts';

/** The bundles that `npm run build` makes. */
export const defaultDist = join(import.meta.dirname, '../../dist');
/** No command of these tests takes longer; one that does is killed and reported with its output. */
const commandTimeoutMs = 180_000;

/** The object that `presync build --json` prints last. */
export interface BuildResult {
  readonly ok: true;
  readonly imageId: string;
  readonly snapshot: string;
  readonly generation: string;
  readonly sent: { readonly files: number; readonly bytes: number };
  readonly builder: { readonly diffCopies: number; readonly files: number; readonly bytes: number };
  readonly verified: boolean;
  /** Only where the folder was found to be another. */
  readonly differing?: { readonly paths: readonly string[]; readonly count: number };
  readonly timings: {
    readonly readyMs: number;
    readonly solveMs: number;
    readonly verifyMs: number;
    readonly totalMs: number;
  };
}

/** The same for a failure. */
export interface BuildFailure {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface ContextStatus {
  readonly path: string;
  readonly snapshot: string;
  readonly files: number;
  readonly bytes: number;
  readonly inSync: boolean;
  readonly primed: boolean;
  readonly problems: number;
  readonly failure?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** What `presync status --json` prints. */
export interface Status {
  readonly daemon: { readonly pid: number; readonly version: string; readonly endpoint: string } | null;
  readonly builder: unknown;
  readonly background: { readonly begun: number; readonly finished: number; readonly helped: number };
  readonly contexts: readonly ContextStatus[];
}

export interface Run {
  /** The exit code; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `presync build --json` that has ended, well or not. */
export interface EndedBuild extends Run {
  readonly result: BuildResult | BuildFailure;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string | Buffer;
  /** More arguments for a build. */
  readonly args?: readonly string[];
  /** A program and arguments to run node under, such as setpriv. */
  readonly under?: readonly string[];
}

/**
 * A user with a home of their own: nothing that one sandbox's daemon, store or caches hold is seen by another.
 * `dist` names another folder of bundles than the repository's.
 */
export class Sandbox {
  readonly home = join(tmpdir(), `presync-${randomBytes(4).toString('hex')}`);
  readonly env: Readonly<Record<string, string>>;
  readonly dist: string;
  readonly #children = new Set<ChildProcess>();

  constructor(host: string, dist = defaultDist) {
    this.dist = dist;
    this.env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      TMPDIR: tmpdir(),
      LANG: 'C.UTF-8',
      DOCKER_HOST: host,
      DOCKER_CONFIG: join(this.home, 'docker'),
      XDG_RUNTIME_DIR: join(this.home, 'run'),
      XDG_CACHE_HOME: join(this.home, 'cache'),
      XDG_CONFIG_HOME: join(this.home, 'config'),
      XDG_DATA_HOME: join(this.home, 'data'),
      XDG_STATE_HOME: join(this.home, 'state'),
    };
  }

  /** Makes the home; until then the sandbox is but names. */
  create(): this {
    mkdirSync(this.home, { mode: 0o700 });
    for (const path of Object.values(this.env)) {
      if (path.startsWith(`${this.home}/`)) mkdirSync(path, { mode: 0o700 });
    }
    return this;
  }

  /** Starts `presync ARGS` and leaves it running; `dispose` ends it at the latest. */
  spawn(args: readonly string[], options: RunOptions = {}): ChildProcess {
    const [program, ...rest] = [...(options.under ?? []), process.execPath, join(this.dist, 'cli.js'), ...args];
    const child = spawn(program!, rest, {
      cwd: options.cwd ?? this.home,
      env: { ...this.env, ...options.env },
      stdio: 'pipe',
    });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    return child;
  }

  /** Runs `presync ARGS` to its end. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return finished(this.spawn(args, options), `presync ${args.join(' ')}`);
  }

  /** `presync build --json`, whatever comes of it. */
  async tryBuild(context: string, options: BuildOptions = {}, runOptions: RunOptions = {}): Promise<EndedBuild> {
    const input = options.stdin === undefined ? {} : { input: options.stdin };
    const args = ['build', '--json', ...buildArguments(options), ...(runOptions.args ?? []), context];
    const ended = await this.run(args, { ...input, ...runOptions });
    return { ...ended, result: lastJson(ended) as BuildResult | BuildFailure };
  }

  /** `presync build --json`, which has to succeed. */
  async build(context: string, options: BuildOptions = {}, runOptions: RunOptions = {}): Promise<BuildResult> {
    const { result, status, stderr } = await this.tryBuild(context, options, runOptions);
    if (result.ok && status === 0) return result;
    throw new Error(`presync build ${context}: exit ${status}\n${JSON.stringify(result)}\n${stderr}`);
  }

  async status(): Promise<Status> {
    return lastJson(await this.run(['status', '--json'])) as Status;
  }

  /** Starts `presync watch` on a context and waits until it says that the context is in sync. */
  async watch(context: string, args: readonly string[] = []): Promise<ChildProcess> {
    const child = this.spawn(['watch', ...args, context]);
    let output = '';
    child.stdout?.on('data', (chunk) => (output += String(chunk)));
    child.stderr?.on('data', (chunk) => (output += String(chunk)));
    await this.waitFor('the watched context to be in sync', async () => {
      if (child.exitCode !== null) throw new Error(`presync watch ended with ${child.exitCode}\n${output}`);
      const { contexts } = await this.status();
      return contexts.some(({ path, inSync }) => path === context && inSync);
    });
    return child;
  }

  /** Polls until `holds` is true; throws after `ms` with what was waited for. */
  async waitFor(what: string, holds: () => Promise<boolean>, ms = 60_000): Promise<void> {
    const end = Date.now() + ms;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
      await sleep(50);
    }
  }

  /** The daemons that run for this sandbox's user; one at most, unless something is wrong. */
  daemonPids(): number[] {
    return daemonPids(this.env['XDG_RUNTIME_DIR']!);
  }

  /** kill -9 of the daemon; returns when it is gone. Without a daemon it does nothing. */
  async killDaemon(): Promise<void> {
    await Promise.all(this.daemonPids().map(killProcess));
  }

  /** Ends everything that was started here and removes its traces. */
  async dispose(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.killDaemon();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** A sandbox for the tests of the calling `describe`. */
export function useSandbox(host: string, dist?: string): Sandbox {
  const sandbox = new Sandbox(host, dist);
  beforeAll(() => void sandbox.create());
  afterAll(() => sandbox.dispose());
  return sandbox;
}

/** A sandbox for the calling test alone. */
export function temporarySandbox(host: string, dist?: string): Sandbox {
  const sandbox = new Sandbox(host, dist).create();
  onTestFinished(() => sandbox.dispose());
  return sandbox;
}

/** Waits for a process to end and gathers what it printed. */
export function finished(child: ChildProcess, what: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${what} took longer than ${commandTimeoutMs} ms\n${String(Buffer.concat(stderr))}`));
    }, commandTimeoutMs);
    child.once('error', reject);
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ status, stdout: String(Buffer.concat(stdout)), stderr: String(Buffer.concat(stderr)) });
    });
  });
}

/** The object on the last line of a command's output. */
export function lastJson({ status, stdout, stderr }: Run): unknown {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`exit ${status} without a JSON object on the last line of stdout\n${stdout}\n${stderr}`);
  }
}
