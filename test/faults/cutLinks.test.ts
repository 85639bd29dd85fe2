/** Links that are cut at any byte of a push: the next push comes to the end, and what is there by then is right. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import type { Chunk } from '../../src/context/chunkList.ts';
import { chunkSizes } from '../../src/context/chunker.ts';
import { limits } from '../../src/protocol/limits.ts';
import { parseDaemonEndpoint } from '../../src/transfer/daemonEndpoint.ts';
import { dial } from '../../src/transfer/dial.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { EditedContext } from '../support/editedContext.ts';
import { FaultyProxy } from '../support/faultyProxy.ts';
import { FolderClient } from '../support/folderClient.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { noise } from '../support/madeContexts.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder } from '../support/temporary.ts';

const cuts = rounds(1000);

test(
  'a push that is cut at any byte is brought to its end by the next, and nothing is torn',
  async () => {
    const random = new SeededRandom();
    const daemon = await DaemonProcess.start({ home: temporaryFolder() });
    onTestFinished(() => daemon.kill());
    const proxy = await FaultyProxy.before(daemon.socket);
    const endpoint = parseDaemonEndpoint(`unix://${proxy.path}`);
    const context = new EditedContext(join(temporaryFolder(), 'context'), random);
    const client = await FolderClient.of(context.root, temporaryFolder());
    let struck = 0;
    const again: number[] = [];
    for (let cut = 0; cut < cuts; cut++) {
      context.edit();
      // An edit may have made a folder of it.
      rmSync(join(context.root, 'large'), { recursive: true, force: true });
      writeFileSync(join(context.root, 'large'), noise(100_000 + random.below(400_000), cut));
      proxy.cutAfter = random.below(600_000);
      client.read = [];
      const told = await dial(endpoint)
        .then((link) => client.pushOver(link))
        .catch((thrown: unknown) => PresyncError.from(thrown).code);
      if (!told.startsWith('sha256:')) {
        struck++;
        expect(told).toMatch(/^(LINK_LOST|DAEMON_NOT_FOUND|DAEMON_FOREIGN)$/);
      }
      const crossed = proxy.cutAfter;
      proxy.cutAfter = Infinity;
      const before = client.read.splice(0);
      const expected = folderDigest(context.root);
      expect(await client.pushOver(await dial(endpoint))).toBe(expected);
      if (!told.startsWith('sha256:')) again.push(sentAgain(before, crossed, client.read));
      expect((await daemon.status()).contexts.map(({ snapshot }) => snapshot)).toEqual([expected]);
    }
    // What is lost is the frame that was struck.
    expect(average(again)).toBeLessThanOrEqual(limits.mostFrameTarget / chunkSizes.average);
    expect(struck).toBeGreaterThan(cuts / 4);
    expect(await daemon.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
    printFigure(
      'chunks sent again after a cut, on average and at most',
      `${average(again).toFixed(2)}, ${Math.max(...again)}`,
      '1',
    );
    printFigure('links cut at random bytes, the next push right', `${cuts} (${struck} in a push)`, '1,000');
  },
  faultTimeout,
);

/** Of the chunks that were in the first so many bytes, how many were sent again. */
function sentAgain(before: readonly Chunk[], crossed: number, after: readonly Chunk[]): number {
  const needed = new Set(after.map(({ digest }) => digest));
  let bytes = 0;
  return before.filter(({ digest, size }) => (bytes += size) <= crossed && needed.has(digest)).length;
}

function average(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}
