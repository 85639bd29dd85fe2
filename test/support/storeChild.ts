/**
 * A process with a store of its own, for tests that kill it. Arguments: what to do, and the folder.
 *
 *     hold FOLDER          opens the store, and closes it when stdin ends
 *     work FOLDER STEPS    works on every context from its step on, as `{"red":12,…}` says, collecting all the while
 *
 * It prints a line for everything that happens.
 */
import { writeSync } from 'node:fs';
import { PresyncError } from '../../src/base/errors.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { Store } from '../../src/store/store.ts';
import { workContexts, workLimits, workOn } from './storeWorkload.ts';

/** At once and whole, so that what was printed is true even if the process dies right after. */
function say(...words: (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

async function main(): Promise<void> {
  const [task, folder, steps] = process.argv.slice(2);
  const store = await Store.open(folder!, { logger: silentLogger, limits: task === 'work' ? workLimits : {} });
  say('open');
  if (task === 'hold') {
    for await (const _ of process.stdin);
    await store.close();
    return;
  }
  const first = JSON.parse(steps!) as Record<string, number>;
  const work = workContexts.map((context) =>
    workOn(store, context, first[context]!, (what, step) => say(what, context, step)),
  );
  for (;;) {
    await Promise.race([...work, store.collect({ keep: [] })]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

main().catch((error: unknown) => {
  say('error', PresyncError.from(error).code, PresyncError.from(error).message);
  process.exitCode = 1;
});
