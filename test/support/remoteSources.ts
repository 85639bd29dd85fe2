import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from './engines.ts';
import { finished } from './presyncCli.ts';

const script = join(import.meta.dirname, '../../scripts/engine');

/** Serves the files of a folder: FOLDER PORT. */
const fileServer = `
import { createServer } from 'node:http';
import { createReadStream } from 'node:fs';
const [folder, port] = process.argv.slice(1);
createServer(({ url, method }, response) => {
  const file = createReadStream(folder + url);
  file.on('error', () => response.writeHead(404).end());
  file.on('open', () => (method === 'HEAD' ? response.end() : file.pipe(response)));
}).listen(Number(port), '127.0.0.1');
`;

/** A folder as `http://…` and its repositories as `git://…`, at the loopback address of an engine's own network. */
export class RemoteSources {
  readonly folder = mkdtempSync(join(tmpdir(), 'presync-sources-'));
  readonly http: string;
  readonly git: string;
  readonly #engine: Engine;
  readonly #ports: readonly [http: number, git: number];
  #servers: ChildProcess[] = [];

  constructor(engine: Engine, port: number) {
    this.#engine = engine;
    this.#ports = [port, port + 1];
    this.http = `http://127.0.0.1:${port}`;
    this.git = `git://127.0.0.1:${port + 1}`;
  }

  async start(): Promise<void> {
    const [http, git] = this.#ports;
    this.#serve(process.execPath, '--input-type=module', '-e', fileServer, this.folder, String(http));
    const gitDaemon = `${execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()}/git-daemon`;
    const where = ['--listen=127.0.0.1', `--port=${git}`, `--base-path=${this.folder}`];
    this.#serve(gitDaemon, '--reuseaddr', '--export-all', ...where);
    for (const port of this.#ports) {
      for (let tries = 0; !(await this.#answers(port)); tries++) {
        if (tries > 100) throw new Error(`nothing listens at port ${port}`);
        await sleep(100);
      }
    }
  }

  stop(): void {
    for (const server of this.#servers) server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes a repository of a folder's files, with one commit on `main`. Returns its URL. */
  repository(name: string, from: string): string {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: from,
        stdio: 'pipe',
      });
    git('init', '-q', '-b', 'main');
    git('add', '-A', '-f');
    git('commit', '-q', '-m', 'first');
    git('clone', '-q', '--bare', from, join(this.folder, name));
    return `${this.git}/${name}`;
  }

  #serve(...command: string[]): void {
    this.#servers.push(spawn(script, ['net', this.#engine.dir, ...command], { stdio: 'ignore' }));
  }

  async #answers(port: number): Promise<boolean> {
    const probe = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
    const child = spawn(script, ['net', this.#engine.dir, 'bash', '-c', probe], { stdio: 'pipe' });
    return (await finished(child, 'looking for a server')).status === 0;
  }
}

let lastPort = 7000 + (process.pid % 1000);

/** Sources for the tests of the calling `describe`. */
export function useRemoteSources(engine: Engine): RemoteSources {
  const sources = new RemoteSources(engine, (lastPort += 2));
  beforeAll(() => sources.start());
  afterAll(() => sources.stop());
  return sources;
}
