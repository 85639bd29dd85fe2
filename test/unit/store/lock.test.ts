import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { processStart } from '../../../src/store/processStart.ts';
import { Store } from '../../../src/store/store.ts';
import { bundleBeforeAll, startChild } from '../../support/bundledChild.ts';
import { openStore } from '../../support/openStore.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const bundle = bundleBeforeAll('storeChild');
const options = { logger: silentLogger };
const busy = { code: 'STORE_BUSY', hint: expect.stringMatching(/\w/) as unknown };

describe('a store', () => {
  test('is opened once, also by one process, until it is closed', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    await expect(Store.open(folder, options)).rejects.toMatchObject({ ...busy, data: { pid: process.pid } });
    await store.close();
    await openStore(folder);
  });

  test('is refused while another process has it, and taken from one that was killed', async () => {
    const folder = temporaryFolder();
    const owner = startChild(bundle, ['hold', folder]);
    expect(await owner.firstLine).toBe('open');
    await expect(Store.open(folder, options)).rejects.toMatchObject({ ...busy, data: { pid: owner.process.pid } });
    owner.process.kill('SIGKILL');
    await owner.ended;
    expect(readdirSync(join(folder, 'lock'))).toHaveLength(1);
    await openStore(folder);
    expect(readdirSync(join(folder, 'lock'))).toEqual([expect.stringMatching(`^${process.pid}-`)]);
  });

  test('is taken when the pid of the dead owner belongs to another process now', async () => {
    const folder = temporaryFolder();
    await (await openStore(folder)).close();
    const start = await processStart(process.ppid);
    writeFileSync(join(folder, 'lock', `${process.ppid}-${start! - 1}-00`), '');
    await openStore(folder);
  });

  test('is refused while a process that is alive has a claim', async () => {
    const folder = temporaryFolder();
    await (await openStore(folder)).close();
    writeFileSync(join(folder, 'lock', `${process.ppid}-${await processStart(process.ppid)}-00`), '');
    await expect(Store.open(folder, options)).rejects.toMatchObject(busy);
    // Nothing of ours is left in the way of the next.
    expect(readdirSync(join(folder, 'lock'))).toEqual([expect.stringMatching(`^${process.ppid}-`)]);
  });

  test('is not held up by what is no claim', async () => {
    const folder = temporaryFolder();
    await (await openStore(folder)).close();
    writeFileSync(join(folder, 'lock', 'notes.txt'), '');
    writeFileSync(join(folder, 'lock', '999999999-1-00'), '');
    await openStore(folder);
    expect(readdirSync(join(folder, 'lock'))).not.toContain('999999999-1-00');
  });

  test('goes to one at most of many that take over a stale lock at once', async () => {
    const rounds = process.env['PRESYNC_FULL'] === '1' ? 40 : 4;
    for (let round = 0; round < rounds; round++) {
      const folder = temporaryFolder();
      await (await openStore(folder)).close();
      writeFileSync(join(folder, 'lock', '999999999-1-00'), '');
      const takers = Array.from({ length: 6 }, () => startChild(bundle, ['hold', folder]));
      const answers = await Promise.all(takers.map(({ firstLine }) => firstLine));
      // None, when all saw each other again and again: that is a pity, but no harm.
      const owners = answers.filter((answer) => answer === 'open').length;
      expect(owners).toBeLessThanOrEqual(1);
      expect(answers.filter((answer) => answer?.startsWith('error STORE_BUSY'))).toHaveLength(6 - owners);
      for (const taker of takers) taker.process.stdin!.end();
      await Promise.all(takers.map(({ ended }) => ended));
      await (await openStore(folder)).close();
    }
  }, 60_000);

  test('is had by one at a time of many in this process that come and go', async () => {
    const folder = temporaryFolder();
    let owners = 0;
    let turns = 0;
    const visitor = async () => {
      for (let i = 0; i < 10; i++) {
        const store = await Store.open(folder, options).catch((error: unknown) => {
          expect(error).toMatchObject(busy);
        });
        if (store === undefined) continue;
        owners++;
        turns++;
        await new Promise((resolve) => setTimeout(resolve, 2));
        expect(owners).toBe(1);
        owners--;
        await store.close();
      }
    };
    await Promise.all([visitor(), visitor(), visitor()]);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('the start of a process', () => {
  test('is that of proc(5), whatever the name of the process', async () => {
    const stat = readFileSync(`/proc/${process.pid}/stat`, 'latin1');
    expect(await processStart(process.pid)).toBe(Number(stat.slice(stat.lastIndexOf(')')).split(' ')[20]));
    expect(await processStart(999_999_999)).toBeUndefined();
  });
});
