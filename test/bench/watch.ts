/**
 * Watching at scale in numbers, beside `find -printf` and `git status` on the same tree in the same run.
 *
 *   npm run bench:watch [-- --files 100000] [--rounds 5] [--saves 500] [--parts proof,restarts,saves]
 *   npm run bench:watch -- --parts million      one million files: the first time and a restart, and the memory they take
 *
 * A restart is measured from the start of `presync watch` until it says that the context is in sync and the system has
 * all its watches. Nothing is asserted: the last column says what the project aims at.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parcelVersion } from '../../src/workspace/parcelBackend.ts';
import { Engine } from '../support/engines.ts';
import { childrenOf, inotifyWatches } from '../support/inotify.ts';
import { makeManyFiles, manyFile } from '../support/manyFiles.ts';
import { finished, Sandbox } from '../support/presyncCli.ts';
import { residentBytes } from '../support/processMemory.ts';
import type { Row } from './report.ts';
import { ms, printMachine, printRows, times } from './report.ts';
import { median, repeat } from './statistics.ts';
import { measureProof } from './watchProof.ts';
import { measureOwnSaves } from './watchSaves.ts';

const filesPerFolder = 50;
const knownParts = ['proof', 'restarts', 'saves', 'million'];

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string' },
      rounds: { type: 'string' },
      saves: { type: 'string', default: '500' },
      parts: { type: 'string', default: 'proof,restarts,saves' },
    },
  });
  const parts = values.parts.split(',');
  const unknown = parts.filter((part) => !knownParts.includes(part));
  if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}; there are ${knownParts.join(', ')}`);
  const million = parts.includes('million');
  const files = Number(values.files ?? (million ? 1_000_000 : 100_000));
  const rounds = Number(values.rounds ?? (million ? 1 : 5));
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'presync-bench-')));
  const engine = new Engine('bookworm', join(home, 'engine'));
  const sandbox = new Sandbox(engine.host).create();
  const tree = join(home, 'tree');
  try {
    await engine.start();
    makeManyFiles(tree, files);
    // Git's own folder is no part of the tree that is watched.
    const git = [`--git-dir=${home}/git`, `--work-tree=${tree}`];
    for (const command of [
      ['init', '-q'],
      ['add', '.'],
    ])
      execFileSync('git', [...git, ...command], { cwd: tree });
    printMachine();
    console.log(`@parcel/watcher ${parcelVersion}, Docker ${await engine.api.version()}`);
    console.log(`${files} files, medians of ${rounds}`);
    const find = median(await repeat(rounds, async () => timedRun('find', [tree, '-printf', '%i %s %T@ %C@ %m\n'])));
    const status = median(await repeat(rounds, async () => timedRun('git', [...git, 'status', '--short'])));
    printRows([
      { what: 'find -printf', value: ms(find) },
      { what: 'git status', value: ms(status) },
    ]);
    // Each part is printed when it is done: what is stopped has shown what it knew.
    if (parts.includes('proof')) printRows(await measureProof(tree, rounds, find));
    const measured = { sandbox, tree, files, rounds, find };
    if (million) printRows(await firstWatch(measured));
    if (parts.includes('restarts') || million) {
      const parcel = { backend: '@parcel/watcher', atMost: 5, megabytes: 300 };
      const chokidar = { backend: 'chokidar', atMost: 20, megabytes: 550 };
      for (const aims of [parcel, chokidar]) printRows(await restarts({ ...measured, ...aims }));
    }
    if (parts.includes('saves'))
      printRows(await measureOwnSaves(sandbox, tree, manyFile(tree, 7), Number(values.saves)));
  } finally {
    await sandbox.dispose();
    await engine.stop('remove');
    rmSync(home, { recursive: true });
  }
  return 0;
}

interface Measured {
  readonly sandbox: Sandbox;
  readonly tree: string;
  readonly files: number;
  readonly rounds: number;
  /** How long find takes, in milliseconds. */
  readonly find: number;
}

/** What is aimed at for 100,000 files. */
interface RestartAims {
  readonly backend: string;
  readonly atMost: number;
  readonly megabytes: number;
}

const foldersOf = (files: number): number => Math.ceil(files / filesPerFolder) + 1;

/** Everything is read, hashed and sent. */
async function firstWatch({ sandbox, tree, files }: Measured): Promise<Row[]> {
  const run = await restart(sandbox, tree, '@parcel/watcher', foldersOf(files));
  return [
    { what: 'first time, @parcel/watcher', value: ms(run.ms) },
    { what: '  resident, all its processes', value: megabytes(run.bytes) },
  ];
}

async function restarts(measured: Measured & RestartAims): Promise<Row[]> {
  const { sandbox, tree, files, rounds, backend, find } = measured;
  const folders = foldersOf(files);
  // The first one has no stat cache, and what it finds is too young to be trusted.
  const runs = (await repeat(rounds + 2, () => restart(sandbox, tree, backend, folders))).slice(2);
  const took = median(runs.map((run) => run.ms));
  const bytes = Math.max(...runs.map((run) => run.bytes));
  const watches = Math.max(...runs.map((run) => run.watches));
  const aimed = (aim: string) => (files === 100_000 ? aim : `${aim} of 100000 files`);
  return [
    { what: `restart, ${backend}`, value: ms(took) },
    { what: '  / find', value: times(took / find), aim: aimed(`at most ${measured.atMost}`) },
    {
      what: '  resident, all its processes',
      value: megabytes(bytes),
      aim: aimed(`at most ${measured.megabytes}`),
    },
    { what: '  inotify watches', value: String(watches), aim: `at most ${folders + 50}` },
  ];
}

async function restart(sandbox: Sandbox, tree: string, backend: string, folders: number) {
  const start = performance.now();
  const child = sandbox.spawn(['watch', tree], { env: { PRESYNC_WATCHER: backend } });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  const ended = finished(child, 'presync watch');
  const pid = child.pid!;
  const ready = () => output.includes('in sync') && inotifyWatches(pid) >= folders;
  while (!ready()) await sleep(20);
  const took = performance.now() - start;
  // Whatever it still has to read once more.
  await sleep(2000);
  const bytes = [pid, ...childrenOf(pid)].reduce((sum, one) => sum + residentBytes(one, 'VmRSS'), 0);
  const watches = inotifyWatches(pid);
  child.kill('SIGINT');
  await ended;
  return { ms: took, bytes, watches };
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

function timedRun(command: string, args: readonly string[]): Promise<number> {
  const start = performance.now();
  execFileSync(command, args, { stdio: 'ignore' });
  return Promise.resolve(performance.now() - start);
}
