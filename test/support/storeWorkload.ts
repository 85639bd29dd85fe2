/**
 * Work for a store that can be checked from outside: what a context holds at each step follows from the step's number.
 */
import type { Entry } from '../../src/context/entry.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import type { StoreLimits } from '../../src/store/limits.ts';
import type { Store } from '../../src/store/store.ts';
import { PresyncError } from '../../src/base/errors.ts';
import { Contents } from './contents.ts';
import { contextKey, directory, putAll } from './storedTrees.ts';

/** Small enough that packs are closed, copied and deleted all the time. */
export const workLimits: Partial<StoreLimits> = {
  packBytes: 60_000,
  batchBytes: 3000,
  unwrittenBytes: 20_000,
  unsyncedBytes: 30_000,
  graceSeconds: 1,
};

export const workContexts = ['red', 'green', 'blue'] as const;

/** About a quarter of the files differ from the step before; much is shared among the contexts. */
export function treeAt(context: string, step: number): { contents: Contents; snapshot: Snapshot } {
  const contents = new Contents();
  const folders: Entry[] = [];
  for (let folder = 0; folder < 4; folder++) {
    const files: Entry[] = [];
    for (let file = 0; file < 4; file++) {
      const version = Math.floor((step + folder * 4 + file) / 4);
      const owner = file === 0 ? 'all' : context;
      const text = `${owner} ${folder} ${file} version ${version}\n`;
      files.push(contents.file(`file${file}`, text.repeat(1 + ((version * 7 + file) % 40)), BigInt(step)));
    }
    folders.push(directory(`folder${folder}`, ...files));
  }
  const large = contents.chunked('large', ['same start', `part of ${step >> 3}`.repeat(300), `end of ${step}`]);
  return { contents, snapshot: contents.snapshot(large, contents.file('step', `${context} ${step}`), ...folders) };
}

/** Commits the steps of one context for ever; `told` hears of each step when it is begun and when it is durable. */
export async function workOn(
  store: Store,
  context: string,
  firstStep: number,
  told: (what: 'begun' | 'done', step: number) => void,
): Promise<never> {
  for (let step = firstStep; ; step++) {
    const { contents, snapshot } = treeAt(context, step);
    told('begun', step);
    await commitStep(store, context, step, contents, snapshot);
    told('done', step);
  }
}

/** A collection may take what was put long ago; then it is put again, as a client would. */
async function commitStep(store: Store, context: string, step: number, contents: Contents, snapshot: Snapshot) {
  for (;;) {
    await putAll(store, contents);
    try {
      return await store.commit(contextKey(context), { snapshot, label: `${step}` });
    } catch (error) {
      if (PresyncError.from(error).code !== 'PROTOCOL') throw error;
    }
  }
}
