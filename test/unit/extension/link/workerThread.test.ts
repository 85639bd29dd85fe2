import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../../src/base/time.ts';
import { WorkerHost } from '../../../../src/extension/link/workerHost.ts';
import type { WorkerThread } from '../../../../src/extension/link/workerThread.ts';
import { startWorkerThread } from '../../../../src/extension/link/workerThread.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

/** A worker that does what `code` says, which sees `port`, `data` and each `message`; a goodbye ends it. */
function scriptOf(code: string): string {
  const file = join(temporaryFolder(), 'worker.js');
  const head = "const { parentPort: port, workerData: data } = require('node:worker_threads');";
  writeFileSync(file, `${head}\nport.on('message', (message) => { if (message.goodbye) process.exit(0); ${code} });\n`);
  return file;
}

function hostOf(start: () => WorkerThread): WorkerHost {
  const host = new WorkerHost({ start, clock: systemClock, random: () => 0 });
  onTestFinished(() => host.stop());
  return host;
}

const startWith = (code: string) => hostOf(() => startWorkerThread(scriptOf(code), { daemonScript: '/d.js' }));

describe('a real thread', () => {
  test('knows its setup, answers, and ends by itself when it is told goodbye', async () => {
    const host = startWith('port.postMessage({ id: message.id, result: [data.daemonScript] });');
    expect(await host.request('builders', null)).toEqual(['/d.js']);
    await host.stop();
    expect(host.state).toBe('stopped');
  });

  test('does not inherit the flags of the extension host', async () => {
    const host = startWith('port.postMessage({ id: message.id, result: process.execArgv });');
    expect(await host.request('builders', null)).toEqual([]);
  });

  test.each([
    ['throws', "throw new Error('a mistake')", 'a mistake'],
    ['rejects and nobody listens', "Promise.reject(new Error('unheard'))", 'unheard'],
    ['just ends', 'process.exit(1)', 'ended unexpectedly'],
  ])('that %s is told of, and replaced', async (_what, code, message) => {
    const host = startWith(
      `if (message.method === 'survey') { ${code} } else port.postMessage({ id: message.id, result: [] });`,
    );
    const source = { folder: '/', dockerfile: '/d' };
    await expect(host.request('survey', { source })).rejects.toMatchObject({
      code: 'LINK_LOST',
      message: expect.stringContaining(message),
    });
    expect(await host.request('builders', null)).toEqual([]);
  });

  test('that runs out of memory is told of', async () => {
    const script = scriptOf("const all = []; for (;;) all.push('x'.repeat(1000) + Math.random());");
    const host = hostOf(() => new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 16 } }));
    await expect(host.request('builders', null)).rejects.toMatchObject({
      code: 'LINK_LOST',
      message: expect.stringContaining('memory'),
    });
    expect(host.state).toBe('restarting');
  });

  test('without a program is told of', async () => {
    const host = hostOf(() => startWorkerThread(join(temporaryFolder(), 'missing.js'), { daemonScript: '' }));
    await expect(host.request('builders', null)).rejects.toMatchObject({ code: 'LINK_LOST' });
    expect(host.failure?.message).toContain('missing.js');
  });
});
