import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonEndpoint } from '../../src/transfer/daemonEndpoint.ts';
import { parseDaemonEndpoint } from '../../src/transfer/daemonEndpoint.ts';
import type { Link } from '../../src/transfer/dial.ts';
import { dial } from '../../src/transfer/dial.ts';
import { defaultDist } from './presyncCli.ts';

export interface DaemonProcessOptions {
  /** Holds the store and outlives the process. */
  readonly home: string;
  /** A DAEMON; a socket in the home, if it is not said. */
  readonly listen?: string;
  readonly dist?: string;
  readonly builder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A program and arguments to run node under. */
  readonly under?: readonly string[];
}

/** What `/presync/v1/status` says, as far as tests look. */
export interface DaemonStatus {
  readonly daemon: { readonly pid: number };
  readonly store: { readonly objects: number; readonly bytes: number };
  readonly contexts: readonly { readonly path: string; readonly snapshot: string }[];
}

/** The real program, started by hand so that it can be killed, watched and put into a corner. */
export class DaemonProcess {
  readonly socket: string;
  readonly endpoint: DaemonEndpoint;
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  log = '';
  #isOver = false;

  private constructor(options: DaemonProcessOptions) {
    const { home, dist = defaultDist, builder = '', env, under = [] } = options;
    this.socket = join(home, 'd.sock');
    const { listen = `unix://${this.socket}` } = options;
    this.endpoint = parseDaemonEndpoint(listen);
    const places = ['--listen', listen, '--data', home, '--builder', builder];
    const [program, ...args] = [...under, process.execPath, join(dist, 'daemon.js'), ...places];
    this.child = spawn(program!, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.on('data', (text) => (this.log = (this.log + String(text)).slice(-100_000)));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.#isOver = true;
        resolve({ code, signal });
      });
    });
  }

  /** Starts it, and returns when it listens or has ended. */
  static async start(options: DaemonProcessOptions): Promise<DaemonProcess> {
    const daemon = new DaemonProcess(options);
    while (!daemon.#isOver && !daemon.log.includes('"listening"')) await sleep(5);
    return daemon;
  }

  get runs(): boolean {
    return !this.#isOver;
  }

  /** What it wrote last for people, for a failed expectation. */
  get words(): string {
    return this.log.slice(-2000);
  }

  dial(): Promise<Link> {
    return dial(this.endpoint);
  }

  status(): Promise<DaemonStatus> {
    return this.#ask('GET', 'status') as Promise<DaemonStatus>;
  }

  /** What `presync gc` and `presync verify` print. */
  upkeep(task: 'gc' | 'verify'): Promise<unknown> {
    return this.#ask('POST', task);
  }

  /** kill -9, and the wait for the end. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** The end that it is asked for; kill -9 where it does not come. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(timer);
  }

  #ask(method: string, what: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: this.socket, method, path: `/presync/v1/${what}` }, (response) => {
        let text = '';
        response.on('data', (data) => (text += String(data)));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve(JSON.parse(text));
          } catch (error) {
            reject(error as Error);
          }
        });
      });
      asked.on('error', reject);
      asked.end();
    });
  }
}
