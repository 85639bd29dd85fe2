import type { ChildProcess } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../bench/report.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { EditedContext } from '../support/editedContext.ts';
import type { Engine } from '../support/engines.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { noise } from '../support/madeContexts.ts';
import { lastJson, Sandbox } from '../support/presyncCli.ts';
import type { SeededRandom } from '../support/seededRandom.ts';
import { SocketProxy } from '../support/socketProxy.ts';
import { LiveMemory } from './liveMemory.ts';
import { Samples } from './samples.ts';

const largeFiles = 100;

/** A context that is watched and built by the programs, over a link that can be cut, with a daemon that can be killed. */
export class Scene {
  readonly #name: string;
  readonly #engine: Engine;
  readonly #random: SeededRandom;
  readonly #home: string;
  readonly #context: EditedContext;
  readonly #sandbox: Sandbox;
  readonly #proxy: SocketProxy;
  readonly #watcherSamples = new Samples();
  readonly #daemonSamples = new Samples();
  readonly #watcherMemory: LiveMemory;
  readonly #daemonMemory: LiveMemory;
  readonly #tag: string;
  #daemon!: DaemonProcess;
  #watcher!: ChildProcess;
  #edits = 0;
  #builds = 0;
  #cuts = 0;
  #kills = 0;
  #collections = 0;
  /** Builds that failed or had other bytes than the folder. */
  wrong = 0;

  constructor(name: string, home: string, engine: Engine, random: SeededRandom) {
    this.#name = name;
    this.#engine = engine;
    this.#random = random;
    this.#tag = `presync-soak-${name}`;
    this.#home = join(home, name);
    mkdirSync(this.#home, { mode: 0o700 });
    this.#watcherMemory = new LiveMemory(join(this.#home, 'watch.json'));
    this.#daemonMemory = new LiveMemory(join(this.#home, 'daemon.json'));
    this.#context = new EditedContext(join(home, `${name}-context`), random);
    for (let i = 0; i < largeFiles; i++) this.#writeLarge(i);
    this.#sandbox = new Sandbox(engine.host).create();
    this.#proxy = new SocketProxy(join(this.#home, 'proxy.sock'), join(this.#home, 'd.sock'));
  }

  async start(): Promise<void> {
    await this.#proxy.listen();
    await this.#startDaemon();
    this.#watcher = this.#sandbox.spawn(['watch', ...this.#reach, this.#context.root], {
      env: this.#watcherMemory.env,
    });
    // What nobody reads would hold it up.
    for (const stream of [this.#watcher.stdout, this.#watcher.stderr]) stream?.resume();
  }

  /** A few changes of every kind, and one of more bytes. */
  edit(): void {
    this.#edits++;
    if (this.#edits % 200 === 0) this.#tidy();
    this.#context.edit();
    this.#writeLarge(this.#random.below(largeFiles));
  }

  cut(): void {
    this.#cuts++;
    this.#proxy.cut();
  }

  async kill(): Promise<void> {
    this.#kills++;
    await this.#daemon.kill();
    await this.#startDaemon();
  }

  async collect(): Promise<void> {
    this.#collections++;
    await this.#daemon.upkeep('gc');
  }

  async build(): Promise<void> {
    this.#builds++;
    const expected = folderDigest(this.#context.root);
    const ended = await this.#sandbox.tryBuild(this.#context.root, { tag: this.#tag }, { args: this.#reach });
    const differences = ended.result.ok ? await this.#context.differences(this.#engine.api, this.#tag) : [];
    if (ended.result.ok && ended.result.snapshot === expected && differences.length === 0) return;
    this.wrong++;
    console.log(`${this.#name}: build ${this.#builds} is wrong: ${JSON.stringify(ended.result)} ${ended.stderr}`);
    console.log(`  expected ${expected}; ${differences.slice(0, 5).join('; ')}`);
  }

  sample(minute: number): void {
    this.#watcherSamples.take(this.#watcher.pid!, minute, this.#watcherMemory.take());
    if (this.#kills === 0) this.#daemonSamples.take(this.#daemon.child.pid!, minute, this.#daemonMemory.take());
  }

  /** Has both say what they keep; a later sample has it. */
  weigh(): void {
    this.#watcherMemory.ask(this.#watcher);
    this.#daemonMemory.ask(this.#daemon.child);
  }

  get latest(): string {
    return `${this.#name}: daemon ${this.#daemonSamples.latest}; watch ${this.#watcherSamples.latest}`;
  }

  /** What was found. The daemon is stopped for it. */
  async report(): Promise<Row[]> {
    const { root } = this.#context;
    await this.build();
    const folders = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
    this.#watcher.kill('SIGKILL');
    await this.#daemon.stop();
    const args = ['--data', this.#home];
    const verified = lastJson(await this.#sandbox.run(['verify', '--json', ...args])) as {
      ok: boolean;
      objects: number;
    };
    const { bytes } = lastJson(await this.#sandbox.run(['gc', '--json', ...args])) as { bytes: number };
    const what = (text: string) => `${this.#name}: ${text}`;
    const work = `${this.#edits} edits, ${this.#cuts} cuts, ${this.#kills} kills, ${this.#collections} collections`;
    if (!verified.ok) this.wrong++;
    return [
      { what: what('wrong builds'), value: `${this.wrong} of ${this.#builds}`, aim: `none; ${work}` },
      ...this.#daemonSamples.rows(what('daemon')),
      ...this.#watcherSamples.rows(what('watch')),
      { what: what('folders'), value: `${folders.length + 1}` },
      { what: what('store to live bytes'), value: (bytes / liveBytes(root)).toFixed(2), aim: 'at most 1.2' },
      { what: what('damaged objects'), value: verified.ok ? '0' : 'some', aim: `none of ${verified.objects}` },
    ];
  }

  async dispose(): Promise<void> {
    await this.#daemon?.kill();
    this.#proxy.close();
    await this.#sandbox.dispose();
  }

  get #reach(): string[] {
    return ['--daemon', `unix://${this.#proxy.path}`];
  }

  async #startDaemon(): Promise<void> {
    this.#daemon = await DaemonProcess.start({
      home: this.#home,
      builder: this.#engine.host,
      env: this.#daemonMemory.env,
    });
    if (!this.#daemon.runs) throw new Error(`the daemon did not start: ${this.#daemon.words}`);
  }

  #writeLarge(number: number): void {
    const bytes = noise(5000 + this.#random.below(40_000), this.#random.below(2 ** 31));
    rmSync(join(this.#context.root, `large/${number}`), { recursive: true, force: true });
    this.#context.write(`large/${number}`, bytes.toString('latin1'));
  }

  /** Edits leave more than they found; a tree that grows for ever would say nothing about memory. */
  #tidy(): void {
    const { root } = this.#context;
    for (const name of readdirSync(root)) {
      if (name !== 'Dockerfile' && name !== 'large') rmSync(join(root, name), { recursive: true });
    }
    for (let i = 0; i < 30; i++) this.#context.write(`folder${i % 5}/file${i}`, `tidied ${i}\n`);
  }
}

/** Of the files in a folder. */
function liveBytes(root: string): number {
  const stats = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => lstatSync(join(root, path)));
  return stats.reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
