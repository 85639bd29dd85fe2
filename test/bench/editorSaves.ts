/** From Ctrl+S in the browser until the status bar item carries the digest of what was saved. */
import { setTimeout as sleep } from 'node:timers/promises';
import { folderDigest } from '../support/folderDigest.ts';
import type { Workbench } from '../workbench/support/workbench.ts';
import { repeat } from './statistics.ts';

const giveUpMs = 60_000;

export interface MeasuredSave {
  readonly ms: number;
  /** Whether the digest is that of an independent walk of the folder. */
  readonly right: boolean;
}

/** Runs in the page, whose clock all figures are of: a browser that is asked from outside answers late. */
const stopwatch = `
  globalThis.presyncBench = { pressed: 0, digests: [] };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey && event.code === 'KeyS') presyncBench.pressed = performance.now();
  }, true);
  const item = document.getElementById('presync.presync.presync.status');
  new MutationObserver(() => {
    const [, digest] = /in sync.*snapshot ([0-9a-f]{12})/.exec(item.getAttribute('aria-label')) ?? [];
    if (digest) presyncBench.digests.push({ digest, at: performance.now() });
  }).observe(item, { attributeFilter: ['aria-label'] });
`;

interface Stopwatch {
  readonly pressed: number;
  readonly digests: readonly { readonly digest: string; readonly at: number }[];
}

export async function measureSaves(
  window: Workbench,
  folder: string,
  file: string,
  rounds: number,
): Promise<MeasuredSave[]> {
  await window.openFile(file);
  const opened = shortDigest(folder);
  await window.write('x');
  await window.save();
  // The first save of a window is slower than those that follow.
  await eventually('a save to reach the disk', () => shortDigest(folder) !== opened || undefined);
  await window.waitForStatus(new RegExp(`snapshot ${shortDigest(folder)}`));
  await window.page.evaluate(stopwatch);
  const read = () => window.page.evaluate('presyncBench') as Promise<Stopwatch>;
  return repeat(rounds, async () => {
    const before = shortDigest(folder);
    await window.page.keyboard.type('x');
    await window.page.evaluate('presyncBench.digests.length = 0');
    await window.save();
    const save = await eventually('a save to be in sync', async () => {
      const { pressed, digests } = await read();
      const next = digests.find(({ digest }) => digest !== before);
      return next && { ms: next.at - pressed, digest: next.digest };
    });
    return { ms: save.ms, right: save.digest === shortDigest(folder) };
  });
}

/** Polls until there is an answer. */
async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const end = performance.now() + giveUpMs; performance.now() < end; await sleep(20)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`waited ${giveUpMs} ms for ${what}`);
}

function shortDigest(folder: string): string {
  return folderDigest(folder).slice('sha256:'.length).slice(0, 12);
}
