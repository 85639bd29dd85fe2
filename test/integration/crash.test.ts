/** kill -9 of the daemon at any moment: the next build succeeds with the right bytes, and nothing acknowledged is lost. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EditedContext } from '../support/editedContext.ts';
import { suites, useEngine } from '../support/engines.ts';
import { noise } from '../support/madeContexts.ts';
import { lastJson, finished, useSandbox } from '../support/presyncCli.ts';
import type { BuildResult } from '../support/presyncCli.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, uniqueTag } from '../support/temporary.ts';

const kills = process.env['PRESYNC_FULL'] ? 100 : 10;
const timeoutMs = process.env['PRESYNC_FULL'] ? 1_800_000 : 240_000;

describe.each(suites)(`kill -9 of the daemon on %s`, (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  /** Builds and compares; the transfer tells what the daemon had lost. */
  async function expectRightBuild(context: EditedContext): Promise<BuildResult> {
    const tag = uniqueTag();
    try {
      const result = await sandbox.build(context.root, { tag });
      expect(await context.differences(engine.api, tag)).toEqual([]);
      return result;
    } finally {
      await engine.api.removeImage(tag);
    }
  }

  it(
    `${kills} times between pushes`,
    async () => {
      const context = new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
      for (let kill = 0; kill < kills; kill++) {
        context.edit();
        const before = await expectRightBuild(context);
        await sandbox.killDaemon();
        const after = await expectRightBuild(context);
        expect(after.snapshot).toBe(before.snapshot);
        // The acknowledged snapshot and its contents are still there: nothing is sent again.
        expect(after.sent.files).toBe(0);
      }
    },
    timeoutMs,
  );

  it(
    `${kills} times during pushes`,
    async () => {
      const random = new SeededRandom();
      const context = new EditedContext(join(temporaryFolder(), 'context'), random);
      await expectRightBuild(context);
      let salt = 0;
      /** Enough to send that the push takes a while: 200 files that do not compress. */
      const writeMuch = () => {
        for (let i = 0; i < 200; i++) context.write(`pushed/${i}`, noise(20_000, salt++).toString('latin1'));
      };
      writeMuch();
      const began = performance.now();
      await expectRightBuild(context);
      const usual = performance.now() - began;
      // A kill that comes when all is over proves nothing and does not count.
      let struck = 0;
      for (let tries = 0; struck < kills; tries++) {
        expect(tries, `tries for ${struck} kills that met a build under way`).toBeLessThan(10 * kills);
        writeMuch();
        const build = sandbox.spawn(['build', '--json', context.root]);
        const ended = finished(build, 'the interrupted build');
        await sleep(random.below(usual));
        if (build.exitCode === null && sandbox.daemonPids().length > 0) struck++;
        await sandbox.killDaemon();
        // Whether it failed or went on with a new daemon, it says so in the agreed way.
        const result = lastJson(await ended) as { ok: boolean; code?: string };
        if (!result.ok) expect(result.code).toMatch(/^(LINK_LOST|DAEMON_)/);
        await expectRightBuild(context);
      }
      const { status, stdout, stderr } = await sandbox.run(['verify']);
      expect(status, stdout + stderr).toBe(0);
    },
    timeoutMs,
  );
});
