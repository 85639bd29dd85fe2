/** Rounds of edit and build, with random edits: every image holds the last one. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EditedContext } from '../support/editedContext.ts';
import { suites, useEngine } from '../support/engines.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, uniqueTag } from '../support/temporary.ts';

const rounds = process.env['PRESYNC_FULL'] ? 200 : 20;
const timeoutMs = process.env['PRESYNC_FULL'] ? 1_800_000 : 240_000;

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

  it('never says that an unproven snapshot is verified', async () => {
    const context = new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
    const proven = await sandbox.build(context.root);
    expect(typeof proven.verified).toBe('boolean');
    context.edit();
    const unproven = await sandbox.build(context.root, {}, { args: ['--proof', 'off'] });
    expect(unproven.verified).toBe(false);
  });
});
