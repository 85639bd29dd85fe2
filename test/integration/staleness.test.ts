/** Rounds of edit and build: every image holds the last edit. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultTimeout, isFull, printFigure, rounds as howOften } from '../support/counts.ts';
import { EditedContext } from '../support/editedContext.ts';
import { suites, useEngine } from '../support/engines.ts';
import { contentOf } from '../support/imageTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, uniqueTag } from '../support/temporary.ts';

const rounds = isFull ? 200 : 20;
const asked = howOften(500, 10);
const timeoutMs = isFull ? 1_800_000 : 240_000;

describe.each(suites)(`${rounds} rounds of edit and build on %s`, (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  it.each(['without watch', 'with watch'])(
    '%s: no image is stale',
    async (mode) => {
      const random = new SeededRandom();
      const context = new EditedContext(join(temporaryFolder(), 'context'), random);
      if (mode === 'with watch') await sandbox.watch(context.root);
      const done: string[] = [];
      for (let round = 0; round < rounds; round++) {
        for (let edits = random.below(4); edits >= 0; edits--) done.push(context.edit());
        const tag = uniqueTag();
        try {
          await sandbox.build(context.root, { tag });
          const differences = await context.differences(engine.api, tag);
          expect(differences, `round ${round}, after\n${done.slice(-8).join('\n')}`).toEqual([]);
        } finally {
          await engine.api.removeImage(tag);
        }
      }
    },
    timeoutMs,
  );

  it(
    `no image is stale of ${asked} builds asked for as soon as another process has closed the file`,
    async () => {
      const root = join(temporaryFolder(), 'context');
      mkdirSync(root);
      writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY f /\n');
      writeFileSync(join(root, 'f'), 'first');
      await sandbox.watch(root);
      const load = spawn(process.execPath, ['-e', 'for(;;);']);
      onTestFinished(() => void load.kill('SIGKILL'));
      for (let round = 0; round < asked; round++) {
        const tag = uniqueTag();
        try {
          // Its end is the first that this process knows of.
          execFileSync('sh', ['-c', `printf 'round ${round}' > f`], { cwd: root });
          await sandbox.build(root, { tag });
          expect(String(await contentOf(engine.api, tag, 'f'))).toBe(`round ${round}`);
        } finally {
          await engine.api.removeImage(tag);
        }
      }
      printFigure(`builds at once after a write on ${suite}, no image is stale`, `${asked}`, '500');
    },
    faultTimeout,
  );

  it('never says that an unproven snapshot is verified', async () => {
    const context = new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
    const proven = await sandbox.build(context.root);
    expect(typeof proven.verified).toBe('boolean');
    context.edit();
    const unproven = await sandbox.build(context.root, {}, { args: ['--proof', 'off'] });
    expect(unproven.verified).toBe(false);
  });
});
