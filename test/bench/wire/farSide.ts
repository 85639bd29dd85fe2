/** What runs behind the link: a daemon, an engine, an rsync server, each behind a port of the far side. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDaemonEndpoint } from '../../../src/transfer/daemonEndpoint.ts';
import type { Link } from '../../../src/transfer/dial.ts';
import { dial } from '../../../src/transfer/dial.ts';
import { DaemonProcess } from '../../support/daemonProcess.ts';
import type { Engine } from '../../support/engines.ts';
import { Netns } from '../../support/netns.ts';
import { WireProxy } from './wireProxy.ts';

const ports = { engine: 20_075, daemon: 20_076, rsync: 20_077 };

export interface LinkOptions {
  /** Megabits a second; undefined for as many as there are. */
  readonly mbit: number | undefined;
  /** Of a round trip. */
  readonly latencyMs: number;
}

/** A link and what is behind it. `proxies` are this side's ways in, by what is reached. */
export class FarSide {
  readonly daemon: DaemonProcess;
  readonly proxies: Readonly<Record<keyof typeof ports, WireProxy>>;
  /** A daemon on a socket looks at no token, but a client of a port wants one. */
  readonly #tokenFile: string;
  readonly #netns: Netns;
  readonly #children: readonly ChildProcess[];

  private constructor(
    made: Pick<FarSide, 'daemon' | 'proxies'>,
    tokenFile: string,
    netns: Netns,
    children: ChildProcess[],
  ) {
    this.daemon = made.daemon;
    this.proxies = made.proxies;
    this.#tokenFile = tokenFile;
    this.#netns = netns;
    this.#children = children;
  }

  /** @param home a folder of its own */
  static async open(home: string, engine: Engine, { mbit, latencyMs }: LinkOptions): Promise<FarSide> {
    for (const name of ['daemon', 'rsync']) mkdirSync(join(home, name), { recursive: true });
    const netns = new Netns().create();
    if (mbit !== undefined) netns.limit(`${mbit}mbit`);
    const config = join(home, 'rsyncd.conf');
    writeFileSync(
      config,
      `use chroot = no\nuid = 0\ngid = 0\n[bench]\npath = ${join(home, 'rsync')}\nread only = no\n`,
    );
    const daemon = await DaemonProcess.start({ home: join(home, 'daemon'), builder: engine.host });
    const relay = join(import.meta.dirname, 'relay.mjs');
    const there = (...command: string[]) => {
      const [program, ...args] = [...netns.run, ...command];
      return spawn(program!, args, { stdio: 'ignore' });
    };
    const children = [
      there('node', relay, String(ports.engine), engine.socket),
      there('node', relay, String(ports.daemon), daemon.socket),
      there('rsync', '--daemon', '--no-detach', `--port=${ports.rsync}`, `--config=${config}`),
    ];
    for (const port of Object.values(ports)) await untilOpen(netns.far, port);
    const proxy = (port: number) => new WireProxy({ host: netns.far, port }, latencyMs / 2);
    const proxies = {
      engine: await proxy(ports.engine).listen(),
      daemon: await proxy(ports.daemon).listen(),
      rsync: await proxy(ports.rsync).listen(),
    };
    const tokenFile = join(home, 'token');
    writeFileSync(tokenFile, 'x'.repeat(64), { mode: 0o600 });
    return new FarSide({ daemon, proxies }, tokenFile, netns, children);
  }

  /** A connection with the daemon. By a port, since a socket would count as a way within this machine. */
  dial(): Promise<Link> {
    const access = { tokenFile: this.#tokenFile, caFile: undefined };
    return dial(parseDaemonEndpoint(`tcp://127.0.0.1:${this.proxies.daemon.port}`), { access });
  }

  async close(): Promise<void> {
    for (const proxy of Object.values(this.proxies)) proxy.close();
    for (const child of this.#children) child.kill();
    await this.daemon.stop();
    this.#netns.remove();
  }
}

async function untilOpen(host: string, port: number): Promise<void> {
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, host, () => (socket.destroy(), resolve(true)));
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    if (Date.now() > end) throw new Error(`Nothing listens at ${host}:${port}.`);
  }
}
