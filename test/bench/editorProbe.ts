/** An extension of the bench's own: it measures where Presync runs, on the extension host's main thread. */
import { appendFileSync, rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExtensionContext } from 'vscode';
import { commands, extensions } from 'vscode';
import type { ProbeFigures } from './editorProbeFigures.ts';

/** After a command VS Code and Presync have things to put in order. */
const quietMs = 3000;

export async function activate({ subscriptions }: ExtensionContext): Promise<void> {
  const presync = extensions.getExtension('presync.presync');
  subscriptions.push(
    commands.registerCommand('presyncBench.scan', async () => {
      await commands.executeCommand('presync.pauseSync');
      await sleep(quietMs);
      // Everything is read and hashed, as the first time.
      rmSync(process.env['XDG_CACHE_HOME']!, { recursive: true, force: true });
      await measureDelay(async () => {
        await commands.executeCommand('presync.resumeSync');
        await commands.executeCommand('presync.syncNow');
      });
    }),
    commands.registerCommand('presyncBench.wait', async () => {
      await sleep(quietMs);
      await measureDelay(() => sleep(Number(process.env['PRESYNC_BENCH_WAIT'])));
    }),
  );
  if (presync === undefined) return;
  const start = performance.now();
  await presync.activate();
  tell({ kind: 'activation', ms: performance.now() - start });
}

async function measureDelay(run: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await run();
  delay.disable();
  const milliseconds = (nanoseconds: number) => nanoseconds / 1e6;
  const [p99, max] = [milliseconds(delay.percentile(99)), milliseconds(delay.max)];
  tell({ kind: 'delay', ms: performance.now() - start, p99, max });
}

function tell(figures: ProbeFigures): void {
  appendFileSync(process.env['PRESYNC_BENCH_FIGURES']!, `${JSON.stringify(figures)}\n`);
}
