import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from './engines.ts';
import { finished } from './presyncCli.ts';

const script = join(import.meta.dirname, '../../scripts/engine');

/** The one account of every test registry; the hash is bcrypt's of the password. */
export const account = { name: 'tester', secret: 's3cret-pass' } as const;
const htpasswd = `${account.name}:$2b$04$UKMU7CN7CPd9Zt4O6k8KfezRFVn7iNfV245/5VSzkZ3WWucGoTLMa\n`;

/** Debian's docker-registry at the loopback address of an engine's own network: only that engine reaches it. */
export class Registry {
  readonly host: string;
  readonly #engine: Engine;
  readonly #folder = mkdtempSync(join(tmpdir(), 'presync-registry-'));
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(engine: Engine, port: number) {
    this.#engine = engine;
    this.#port = port;
    this.host = `127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    writeFileSync(join(this.#folder, 'htpasswd'), htpasswd);
    writeFileSync(
      join(this.#folder, 'config.yml'),
      [
        'version: 0.1',
        'log: {level: warn, accesslog: {disabled: false}}',
        `storage: {filesystem: {rootdirectory: ${join(this.#folder, 'data')}}, delete: {enabled: true}}`,
        `http: {addr: "${this.host}"}`,
        `auth: {htpasswd: {realm: test, path: ${join(this.#folder, 'htpasswd')}}}`,
      ].join('\n'),
    );
    const child = spawn(script, ['registry', this.#engine.dir, join(this.#folder, 'config.yml')], { stdio: 'pipe' });
    this.#process = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
    for (let tries = 0; !(await this.#answers()); tries++) {
      if (child.exitCode !== null || tries > 200) throw new Error(`the registry did not start\n${output}`);
      await sleep(100);
    }
  }

  /** Ends it at once; it can be started again, with what it has. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.killed) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What `docker login` would leave in a config directory. */
  get auths(): Readonly<Record<string, unknown>> {
    return { [this.host]: { auth: Buffer.from(`${account.name}:${account.secret}`).toString('base64') } };
  }

  /** The manifest of a tag as JSON, or undefined. */
  manifest(repository: string, tag: string): unknown {
    const repositories = join(this.#folder, 'data/docker/registry/v2/repositories');
    try {
      const link = readFileSync(join(repositories, repository, '_manifests/tags', tag, 'current/link'), 'utf8');
      return JSON.parse(this.blob(link).toString());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The bytes of a blob, by `sha256:…`. */
  blob(digest: string): Buffer {
    const hex = digest.trim().replace('sha256:', '');
    return readFileSync(join(this.#folder, 'data/docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data'));
  }

  /** Copies an image of the engine into the registry, and removes it from the engine. */
  async put(image: string, name: string): Promise<void> {
    const [repository, tag] = name.split(':');
    const path = `${encodeURIComponent(`${this.host}/${repository}`)}`;
    await this.#engine.api.call('POST', `/images/${encodeURIComponent(image)}/tag?repo=${path}&tag=${tag}`);
    // With padding, which the API's base64 has; this text has no characters that differ in the one for URLs.
    const auth = Buffer.from(JSON.stringify({ username: account.name, password: account.secret })).toString('base64');
    await this.#engine.api.push(`${this.host}/${repository}`, tag!, auth);
    await this.#engine.api.removeImage(`${this.host}/${name}`);
  }

  async #answers(): Promise<boolean> {
    const probe = `exec 3<>/dev/tcp/127.0.0.1/${this.#port}`;
    const child = spawn(script, ['net', this.#engine.dir, 'bash', '-c', probe], { stdio: 'pipe' });
    return (await finished(child, 'looking for the registry')).status === 0;
  }
}

let lastPort = 5000 + (process.pid % 1000);

/** A registry for the tests of the calling `describe`. */
export function useRegistry(engine: Engine): Registry {
  const registry = new Registry(engine, ++lastPort);
  beforeAll(() => registry.start());
  afterAll(() => registry.stop());
  return registry;
}
