import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import { DockerApi } from './dockerApi.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, '../../scripts/engine');
const cache = process.env['PRESYNC_ENGINE_CACHE'] ?? '/var/cache/presync-engines';

/** Debian's Docker 20.10 and 26.1: every integration test that talks to an engine runs against both. */
export const suites = ['bookworm', 'trixie'] as const;
export type Suite = (typeof suites)[number];

/** The image that `FROM` names where a RUN has to run: busybox, imported into every test engine. */
export const baseImage = 'presync-test-base';

/** A real engine, started by scripts/engine. */
export class Engine {
  readonly suite: Suite;
  /** The folder given to scripts/engine. */
  readonly dir: string;
  readonly api: DockerApi;

  constructor(suite: Suite, dir: string) {
    this.suite = suite;
    this.dir = dir;
    this.api = new DockerApi(this.socket);
  }

  get socket(): string {
    return join(this.dir, 'docker.sock');
  }

  /** The value for DOCKER_HOST. */
  get host(): string {
    return `unix://${this.socket}`;
  }

  /** The stock CLI of the engine's suite, bound to this engine. */
  get cli(): string {
    return join(this.dir, 'docker');
  }

  /** Starts it, or does nothing when it runs. */
  async start(): Promise<void> {
    await run(script, ['start', this.suite, this.dir]);
    if (await this.api.imageId(baseImage)) return;
    await this.api.importImage(await baseArchive(this.suite), baseImage);
  }

  /** Stops it; `keep` leaves its data for the next start. */
  async stop(keep: 'keep' | 'remove'): Promise<void> {
    await run(script, ['stop', ...(keep === 'keep' ? ['--keep'] : []), this.dir]);
  }
}

/** `/bin/busybox` as `/bin/sh` and a few more, out of the busybox-static of the suite's root. */
async function baseArchive(suite: Suite): Promise<Buffer> {
  const root = await mkdtemp(join(tmpdir(), 'presync-base-'));
  try {
    const busybox = join(cache, suite, 'usr/bin/busybox');
    const commands = 'sh cat cp echo false ls mkdir sleep stat test touch true';
    const make = `mkdir bin tmp && cp '${busybox}' bin/ && for c in ${commands}; do ln -s busybox bin/$c; done && tar c .`;
    const { stdout } = await run('sh', ['-c', make], { cwd: root, encoding: 'buffer', maxBuffer: 64 << 20 });
    return stdout;
  } finally {
    await rm(root, { recursive: true });
  }
}

/** The folder of a suite's engine in PRESYNC_TEST_ENGINES (`bookworm=DIR,trixie=DIR`), which scripts/test sets. */
function givenDir(suite: Suite): string | undefined {
  const given = process.env['PRESYNC_TEST_ENGINES']?.split(',').map((pair) => pair.split('='));
  return given?.find(([name]) => name === suite)?.[1];
}

/**
 * An engine for the tests of the calling `describe`: the one that scripts/test started, else one of its own.
 * Other tests may use it too: restart or prune only a `usePrivateEngine`.
 */
export function useEngine(suite: Suite): Engine {
  const dir = givenDir(suite);
  if (!dir) return usePrivateEngine(suite);
  const engine = new Engine(suite, dir);
  beforeAll(() => engine.start());
  return engine;
}

/** An engine that only the tests of the calling `describe` see; `config` is its daemon.json. */
export function usePrivateEngine(suite: Suite, config?: object): Engine {
  const engine = new Engine(suite, join(tmpdir(), `presync-engine-${process.pid}-${Date.now() % 1e6}-${suite}`));
  beforeAll(async () => {
    if (config !== undefined) {
      await mkdir(join(engine.dir, 'etc'), { recursive: true });
      await writeFile(join(engine.dir, 'etc/daemon.json'), JSON.stringify(config));
    }
    await engine.start();
  });
  // What hundreds of builds have left takes a while.
  afterAll(() => engine.stop('remove'), 600_000);
  return engine;
}
