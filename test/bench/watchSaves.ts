/** From a file being saved in an editor until the daemon has acknowledged it, by an owner in this process. */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromText } from '../../src/base/bytes.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { localEnvironment } from '../../src/client/environment.ts';
import type { ContextOwner } from '../../src/client/owner.ts';
import { openWatchedContext } from '../../src/client/watchedContext.ts';
import type { Sandbox } from '../support/presyncCli.ts';
import type { Row } from './report.ts';
import { ms } from './report.ts';
import { median, percentile, repeat } from './statistics.ts';

/** How long a user takes at least until the next save. */
const pauseMs = 50;

export async function measureOwnSaves(sandbox: Sandbox, root: string, file: string, saves: number): Promise<Row[]> {
  Object.assign(process.env, sandbox.env);
  const script = (name: string) => join(sandbox.dist, name);
  const env = localEnvironment(silentLogger, {
    daemon: script('daemon.js'),
    prover: script('prover.js'),
    scout: script('scout.js'),
    cutter: script('cutter.js'),
  });
  const dockerfile = join(root, 'Dockerfile');
  const order = { folder: root, dockerfile, builder: '', daemon: undefined, speculate: false };
  const { owner, close } = await openWatchedContext(env, order);
  try {
    owner.start();
    await acknowledged(owner, undefined);
    // The watcher becomes ready, and everything is read once more.
    await sleep(10_000);
    const took = await repeat(saves, async (round) => {
      await sleep(pauseMs);
      const before = owner.state.snapshot?.digest;
      writeFileSync(file, `save ${round}\n`);
      const start = performance.now();
      owner.saved({ paths: [fromText(relative(root, file))] });
      await acknowledged(owner, before);
      return performance.now() - start;
    });
    return [
      { what: `save to acknowledged, median of ${saves}`, value: ms(median(took)), aim: 'at most 20 ms' },
      { what: '  p99', value: ms(percentile(took, 0.99)), aim: 'at most 100 ms' },
    ];
  } finally {
    await close();
  }
}

/** Resolves when the daemon has another snapshot than `before`. */
function acknowledged(owner: ContextOwner, before: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    const listening = owner.onDidChange(({ inSync, snapshot }) => {
      if (!inSync || snapshot?.digest === before) return;
      listening.dispose();
      resolve();
    });
  });
}
