/**
 * Links that are cut at any byte of a push: the next push comes to the end, and what is there by then is right.
 *
 * What is sent again is counted at the far end, byte by byte where the link was cut: the chunks that had come there whole,
 * none of which has a reason to come again, and beside them the one that the cut struck. What the near end had read or given
 * to its system and the cut kept from coming is not sent again but sent: nobody else has it.
 */
import { Buffer } from 'node:buffer';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import { parseDaemonEndpoint } from '../../src/transfer/daemonEndpoint.ts';
import { dial } from '../../src/transfer/dial.ts';
import { contentInBytes } from '../support/contentInBytes.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { EditedContext } from '../support/editedContext.ts';
import { FaultyProxy } from '../support/faultyProxy.ts';
import { FolderClient } from '../support/folderClient.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { noise } from '../support/madeContexts.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Load {
  readonly what: string;
  readonly role: 'owner' | 'guest';
  readonly cuts: number;
  /** Changes the context; returns how many bytes there are to be sent, about. */
  change(context: EditedContext, random: SeededRandom, cut: number): number;
}

const loads: Load[] = [
  {
    what: 'a push of anything',
    role: 'guest',
    cuts: rounds(1000),
    change(context, random, cut) {
      context.edit();
      // An edit may have made a folder of it.
      rmSync(join(context.root, 'large'), { recursive: true, force: true });
      const size = 100_000 + random.below(400_000);
      writeFileSync(join(context.root, 'large'), noise(size, cut));
      return size;
    },
  },
  {
    // Its content travels with it, unasked.
    what: 'a small save',
    role: 'owner',
    cuts: rounds(200),
    change(context, random, cut) {
      const sizes = Array.from({ length: 12 }, () => 3000 + random.below(4000));
      sizes.forEach((size, i) => context.write(`saved/${i}`, noise(size, 12 * cut + i)));
      return sum(sizes);
    },
  },
  {
    what: 'an upload of many megabytes',
    role: 'guest',
    cuts: rounds(60),
    change(context, random, cut) {
      const sizes = Array.from({ length: 3000 }, () => 1000 + random.below(2000));
      sizes.forEach((size, i) => context.write(`many/${i % 50}/${i}`, noise(size, 3000 * cut + i)));
      context.write('huge', noise(20_000_000, cut));
      return 20_000_000 + sum(sizes);
    },
  },
];

test.each(loads.map((load) => [load.what, load] as const))(
  '%s that is cut at any byte is brought to its end by the next, and nothing is torn',
  async (what, { role, cuts, change }) => {
    const random = new SeededRandom();
    const daemon = await DaemonProcess.start({ home: temporaryFolder() });
    onTestFinished(() => daemon.kill());
    const proxy = await FaultyProxy.before(daemon.socket);
    const endpoint = parseDaemonEndpoint(`unix://${proxy.path}`);
    const context = new EditedContext(join(temporaryFolder(), 'context'), random);
    const client = await FolderClient.of(context.root, temporaryFolder(), '', role);
    let struck = 0;
    let cameWhole = 0;
    /** After each cut: of the chunks that had come whole, and together with the one that was struck. */
    const again = { whole: [] as number[], all: [] as number[] };
    // Some come when all is said.
    for (let cut = 0; struck < cuts && cut < 2 * cuts; cut++) {
      proxy.cutAfter = random.below(change(context, random, cut));
      proxy.given = [];
      const told = await dial(endpoint)
        .then((link) => client.pushOver(link))
        .catch((thrown: unknown) => PresyncError.from(thrown).code);
      const arrived = contentInBytes(Buffer.concat(proxy.given));
      const isCut = !told.startsWith('sha256:');
      if (isCut) expect(told).toMatch(/^(LINK_LOST|DAEMON_NOT_FOUND|DAEMON_FOREIGN)$/);
      proxy.cutAfter = Infinity;
      proxy.given = [];
      const expected = folderDigest(context.root);
      expect(await client.pushOver(await dial(endpoint))).toBe(expected);
      expect((await daemon.status()).contexts.map(({ snapshot }) => snapshot)).toEqual([expected]);
      if (!isCut) continue;
      struck++;
      cameWhole += arrived.whole.size;
      const sent = contentInBytes(Buffer.concat(proxy.given)).whole;
      const [whole, torn] = [arrived.whole, arrived.struck].map((chunks) => [...chunks].filter((one) => sent.has(one)));
      again.whole.push(whole!.length);
      again.all.push(whole!.length + torn!.length);
    }
    printFigure(
      `${what}: chunks that had arrived whole and were sent again`,
      `${sum(again.whole)} of ${cameWhole}, at most ${Math.max(...again.whole)} after one cut`,
      '0',
    );
    printFigure(
      `${what}: chunks sent again after a cut, with the one that was struck`,
      `${(sum(again.all) / struck).toFixed(2)} on average, ${Math.max(...again.all)} at most`,
      'at most 1',
    );
    printFigure(`${what}: links cut at random bytes of it, the next push right`, String(struck), String(cuts));
    expect(Math.max(...again.whole)).toBe(0);
    expect(Math.max(...again.all)).toBeLessThanOrEqual(1);
    expect(struck).toBe(cuts);
    expect(cameWhole).toBeGreaterThan(struck);
    expect(await daemon.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
  },
  faultTimeout,
);

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
