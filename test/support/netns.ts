import { execFileSync } from 'node:child_process';

/** Addresses of test networks: a /30 each, from 10.213.0.0/16, which nobody routes on a test machine. */
let next = (process.pid * 7) % 16_000;

/**
 * Another host, as far as the network goes: a network namespace behind a pair of virtual interfaces, with a loopback of its
 * own. Needs root.
 */
export class Netns {
  readonly name: string;
  /** How this host is reached from there, and that host from here. */
  readonly near: string;
  readonly far: string;
  readonly #device: string;

  constructor() {
    const number = ++next % 16_000;
    this.name = `presync-${process.pid}-${number}`;
    this.#device = `ps${number}`;
    const base = `10.213.${number >> 6}.${(number % 64) * 4}`.split('.').map(Number);
    const at = (offset: number) => base.with(3, base[3]! + offset).join('.');
    [this.near, this.far] = [at(1), at(2)];
  }

  create(): this {
    const peer = `${this.#device}p`;
    ip('netns', 'add', this.name);
    ip('link', 'add', this.#device, 'type', 'veth', 'peer', 'name', peer, 'netns', this.name);
    ip('addr', 'add', `${this.near}/30`, 'dev', this.#device);
    ip('link', 'set', this.#device, 'up');
    this.#ip('addr', 'add', `${this.far}/30`, 'dev', peer);
    this.#ip('link', 'set', peer, 'up');
    this.#ip('link', 'set', 'lo', 'up');
    return this;
  }

  /** The command that runs another one there. */
  get run(): readonly string[] {
    return ['ip', 'netns', 'exec', this.name];
  }

  /** Bits a second, both ways, with a queue of so many milliseconds at most. */
  limit(rate: string, queueMs = 200): void {
    const shape = ['qdisc', 'replace', 'dev'];
    const bucket = ['root', 'tbf', 'rate', rate, 'burst', '32kbit', 'latency', `${queueMs}ms`];
    tc(...shape, this.#device, ...bucket);
    execFileSync('ip', ['netns', 'exec', this.name, 'tc', ...shape, `${this.#device}p`, ...bucket]);
  }

  /** Lets everything vanish without a word, or arrive again. */
  blackhole(on: boolean): void {
    ip('link', 'set', this.#device, on ? 'down' : 'up');
  }

  remove(): void {
    ip('netns', 'del', this.name);
  }

  #ip(...args: string[]): void {
    ip('-n', this.name, ...args);
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args);
}

function tc(...args: string[]): void {
  execFileSync('tc', args);
}
