/** A large store after a kill -9: how soon the daemon is there again. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../src/base/logger.ts';
import { Store } from '../../src/store/store.ts';
import { Contents } from '../support/contents.ts';
import { faultTimeout, isFull, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { commitTree } from '../support/storedTrees.ts';
import { temporaryFolder } from '../support/temporary.ts';

const objects = rounds(100_000);
const perFolder = 250;

test(
  'a daemon with a large store is ready soon after a kill -9',
  async () => {
    const home = temporaryFolder();
    const contents = new Contents();
    const folders = Array.from({ length: objects / perFolder }, (_, f) => {
      const files = Array.from({ length: perFolder }, (_, i) => contents.file(`file${i}`, `content ${f} ${i}`));
      return contents.folder(`folder${f}`, ...files);
    });
    const store = await Store.open(join(home, 'store'), { logger: silentLogger });
    await commitTree(store, 'large', contents, contents.snapshot(...folders));
    await store.close();
    const took: number[] = [];
    for (let kill = 0; kill < 5; kill++) {
      const began = performance.now();
      const daemon = await DaemonProcess.start({ home });
      onTestFinished(() => daemon.kill());
      const { peer } = await daemon.dial();
      took.push(performance.now() - began);
      peer.close();
      expect((await daemon.status()).store.objects).toBeGreaterThanOrEqual(objects);
      await daemon.kill();
    }
    const slowest = Math.max(...took);
    printFigure(`ready after kill -9 with ${objects} objects`, `${slowest.toFixed(0)} ms`, '2,000 ms with 100,000');
    expect(slowest).toBeLessThan(isFull ? 2000 : 10_000);
  },
  faultTimeout,
);
