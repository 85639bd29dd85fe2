/** A disk that rots: one bit in each of many objects. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { EditedContext } from '../support/editedContext.ts';
import { useEngine } from '../support/engines.ts';
import { FolderClient } from '../support/folderClient.ts';
import { noise } from '../support/madeContexts.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

const engine = useEngine('trixie');
const objects = rounds(1000);

/** Flips one bit of each content in the packs of a store; returns how many it has found there. */
function flipBits(store: string, contents: readonly Buffer[], random: SeededRandom): number {
  let flipped = 0;
  for (const name of readdirSync(join(store, 'packs')).filter((file) => file.endsWith('.pack'))) {
    const path = join(store, 'packs', name);
    const pack = readFileSync(path);
    const places = contents.map((content) => [pack.indexOf(content), content.length] as const);
    for (const [at, length] of places) {
      if (at < 0) continue;
      pack[at + random.below(length)]! ^= 1 << random.below(8);
      flipped++;
    }
    writeFileSync(path, pack);
  }
  return flipped;
}

test(
  'one bit in each of many objects is found before any of them is used, and all are sent again for the build',
  async () => {
    const random = new SeededRandom();
    const home = temporaryFolder();
    const context = new EditedContext(join(temporaryFolder(), 'context'), random);
    const contents = Array.from({ length: objects }, (_, i) => noise(50 + random.below(3000), i));
    for (const [i, content] of contents.entries()) writeFileSync(join(context.root, `object${i}`), content);
    const client = await FolderClient.of(context.root, temporaryFolder(), engine.host);
    const options = { home, builder: engine.host };
    const first = await DaemonProcess.start(options);
    onTestFinished(() => first.kill());
    await client.push(first);
    await first.kill();
    expect(flipBits(join(home, 'store'), contents, random)).toBe(objects);

    const second = await DaemonProcess.start(options);
    onTestFinished(() => second.kill());
    const tag = temporaryTag(engine.api);
    const { sent } = await client.build(second, tag);
    expect(sent.files).toBe(objects);
    expect(await context.differences(engine.api, tag)).toEqual([]);
    expect(await second.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
    printFigure('flipped bits found before use, and repaired', `${sent.files} of ${objects}`, '1,000 of 1,000');
  },
  faultTimeout,
);
