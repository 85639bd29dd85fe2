/** Daemons that are started at once, on what others left behind: one serves, the others go, and nothing is lost. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { FolderClient } from '../support/folderClient.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder } from '../support/temporary.ts';

const races = rounds(50);

async function startOne(home: string, listen?: string): Promise<DaemonProcess> {
  const daemon = await DaemonProcess.start(listen === undefined ? { home } : { home, listen });
  onTestFinished(() => daemon.kill());
  return daemon;
}

test(
  'of daemons that are started at once after a kill -9, one serves, and the others see that and go',
  async () => {
    const random = new SeededRandom();
    const home = temporaryFolder();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
    const client = await FolderClient.of(folder, temporaryFolder());
    for (let race = 0; race < races; race++) {
      const racers = await Promise.all(Array.from({ length: 2 + random.below(3) }, () => startOne(home)));
      const serving = racers.filter((daemon) => daemon.runs);
      expect(serving.length, racers.map(({ words }) => words).join('\n')).toBe(1);
      for (const daemon of racers) {
        if (daemon !== serving[0]) expect(await daemon.ended, daemon.words).toEqual({ code: 0, signal: null });
      }
      writeFileSync(join(folder, 'file'), `race ${race}`);
      const expected = folderDigest(folder);
      expect(await client.push(serving[0]!)).toBe(expected);
      const { daemon, contexts } = await serving[0]!.status();
      expect(daemon.pid).toBe(serving[0]!.child.pid);
      expect(contexts.map(({ snapshot }) => snapshot)).toEqual([expected]);
      await serving[0]!.kill();
    }
    const last = await startOne(home);
    expect(await last.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
    printFigure('races of daemons, one serves and nothing is lost', `${races}`, '50');
  },
  faultTimeout,
);

test('a daemon elsewhere with the store of another is refused, and the other goes on', async () => {
  const home = temporaryFolder();
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
  const client = await FolderClient.of(folder, temporaryFolder());
  const first = await startOne(home);
  const second = await startOne(home, `unix://${join(temporaryFolder(), 'other.sock')}`);
  expect(await second.ended).toEqual({ code: 1, signal: null });
  expect(second.words).toMatch(/presync daemon: .*\n {2}hint: /);
  expect(await client.push(first)).toBe(folderDigest(folder));
});
