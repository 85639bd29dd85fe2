/**
 * The editor in numbers: VS Code 1.139 in Chromium, with the packaged extension and a real engine.
 *
 *   npm run bench:editor [-- --files 10000] [--scanned 100000] [--saves 50] [--rounds 5]
 *
 * Saves: from Ctrl+S in the browser until the status bar item carries the snapshot's digest. Activation and the delays of
 * the event loop are measured in the extension host by a second extension (editorProbe.ts); the control is the same
 * window for the same time without Presync. Nothing is asserted: the last column says what the project aims at.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Engine } from '../support/engines.ts';
import { makeManyFiles } from '../support/manyFiles.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { installVersions } from '../workbench/support/versions.ts';
import type { Workbench } from '../workbench/support/workbench.ts';
import type { BenchSetup } from './editorRig.ts';
import { BenchEditor, packageProbe } from './editorRig.ts';
import { measureSaves } from './editorSaves.ts';
import type { Row } from './report.ts';
import { ms, printMachine, printRows, times } from './report.ts';
import { median, percentile, repeat } from './statistics.ts';

/** A first sync of many files. */
const syncMs = 600_000;
const quietMs = 15_000;

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string', default: '10000' },
      scanned: { type: 'string', default: '100000' },
      saves: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const [files, scanned, saves, rounds] = [values.files, values.scanned, values.saves, values.rounds].map(Number);
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'presync-bench-')));
  const engine = new Engine('trixie', join(home, 'engine'));
  try {
    const [{ newest }, { vsix }, probe] = await Promise.all([
      installVersions(),
      packageExtension(home),
      packageProbe(home),
      engine.start(),
    ]);
    const setup: BenchSetup = { home, installation: newest, host: engine.host, presync: vsix, probe };
    printMachine();
    console.log(`VS Code 1.139, Docker ${await engine.api.version()}\n`);
    const rows = await benchEditing(setup, files!, saves!, rounds!);
    printRows([...rows, ...(await benchScanning(setup, scanned!, rounds!))]);
    return 0;
  } finally {
    await engine.stop('remove');
    rmSync(home, { recursive: true });
  }
}

async function benchEditing(setup: BenchSetup, files: number, saves: number, rounds: number): Promise<Row[]> {
  const bench = new BenchEditor(setup, 'presync');
  const { editor } = bench;
  try {
    const folder = join(editor.user.home, 'app');
    makeManyFiles(folder, files);
    await editor.start();
    const window = await editor.open(folder);
    await bench.figures('activation');
    const activations = () =>
      repeat(rounds, async () => {
        await window.reload();
        return (await bench.figures('activation')).ms;
      });
    const off = await activations();
    await keepInSync(window);
    const kept = await activations();
    await window.waitForStatus(/in sync/);
    const saved = await measureSaves(window, folder, 'file7.txt', saves);
    const right = saved.filter((save) => save.right).length;
    const durations = saved.map((save) => save.ms);
    return [
      { what: `activation, off, of ${rounds}`, value: ms(median(off)) },
      { what: `activation, in sync, of ${rounds}`, value: ms(median(kept)) },
      {
        what: `Ctrl+S to the new digest, ${files} files, of ${saves}`,
        value: ms(median(durations)),
        aim: 'at most 150 ms',
      },
      { what: '  p99', value: ms(percentile(durations, 0.99)) },
      { what: '  digests equal to an independent walk', value: `${right}/${saves}` },
    ];
  } finally {
    await editor.dispose();
  }
}

async function benchScanning(setup: BenchSetup, files: number, rounds: number): Promise<Row[]> {
  const scans = await measureDelays(new BenchEditor(setup, 'presync'), files, rounds);
  const took = median(scans.map((scan) => scan.ms));
  const control = await measureDelays(new BenchEditor(setup, 'control', took), files, rounds);
  const [with99, without99] = [scans, control].map((all) => median(all.map(({ p99 }) => p99))) as [number, number];
  return [
    { what: `reading ${files} files, of ${rounds}`, value: ms(took) },
    { what: '  event loop delay of the extension host meanwhile, p99', value: ms(with99) },
    { what: '  the same without Presync, p99', value: ms(without99) },
    { what: '  with / without', value: times(with99 / without99), aim: 'at most 2' },
    { what: '  longest delay, with', value: ms(median(scans.map(({ max }) => max))) },
    { what: '  longest delay, without', value: ms(median(control.map(({ max }) => max))) },
  ];
}

async function measureDelays(bench: BenchEditor, files: number, rounds: number) {
  const { editor, kind } = bench;
  try {
    const folder = join(editor.user.home, 'app');
    makeManyFiles(folder, files);
    await editor.start();
    const window = await editor.open(folder);
    if (kind === 'presync') await keepInSync(window);
    // VS Code looks at a new folder by itself, for a while.
    await sleep(quietMs);
    return await repeat(rounds, async () => {
      await window.run(kind === 'presync' ? 'Bench: Scan' : 'Bench: Wait');
      return bench.figures('delay');
    });
  } finally {
    await editor.dispose();
  }
}

async function keepInSync(window: Workbench): Promise<void> {
  await window.run('Presync: Keep in Sync');
  await window.waitForStatus(/in sync/, syncMs);
  await window.closeNotifications();
}
