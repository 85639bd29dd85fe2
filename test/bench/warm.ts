/**
 * The warm path in numbers: trees of 2 KB files, 50 to a folder, `FROM scratch` and `COPY . /src`.
 *
 *   npm run bench:warm [-- --files 10000,100000] [--suites bookworm,trixie] [--rounds 5] [--parts unchanged,saves]
 *
 * Each suite's stock CLI (20.10's own BuildKit client, buildx on 26.1) builds a copy of the same tree in the same run,
 * round by round in turn with presync. All figures are medians of the rounds, in milliseconds. Nothing is asserted: the
 * last column says what the project aims at.
 */
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stockBuild } from '../support/dockerCli.ts';
import type { Suite } from '../support/engines.ts';
import { Engine } from '../support/engines.ts';
import { makeManyFiles } from '../support/manyFiles.ts';
import type { BuildResult } from '../support/presyncCli.ts';
import { Sandbox } from '../support/presyncCli.ts';
import { BareSolve } from './bareSolve.ts';
import type { Row } from './report.ts';
import { ms, printMachine, printRows, times } from './report.ts';
import { median, repeat } from './statistics.ts';
import type { Rig } from './warmRig.ts';
import { stockTag, tag, timed, whileWatched } from './warmRig.ts';
import { measureSaves } from './warmSaves.ts';
import { measureSpeculation } from './warmSpeculation.ts';

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string', default: '10000,100000' },
      suites: { type: 'string', default: 'bookworm,trixie' },
      rounds: { type: 'string', default: '5' },
      parts: { type: 'string', default: Object.keys(parts).join() },
    },
  });
  printMachine();
  for (const suite of values.suites.split(',') as Suite[]) {
    for (const files of values.files.split(',').map(Number)) {
      await benchTree(suite, files, Number(values.rounds), values.parts.split(','));
    }
  }
  return 0;
}

/** What is measured, by name, in this order. */
const parts: Readonly<Record<string, (rig: Rig) => Promise<Row[]>>> = {
  first: (rig) => firstBuilds(rig),
  unchanged: (rig) => unchangedBuilds(rig),
  saves: (rig) => measureSaves(rig),
  background: (rig) => measureSpeculation(rig),
};

async function benchTree(suite: Suite, files: number, rounds: number, names: readonly string[]): Promise<void> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'presync-bench-')));
  const engine = new Engine(suite, join(home, 'engine'));
  const sandbox = new Sandbox(engine.host).create();
  try {
    await engine.start();
    const rig = {
      home,
      engine,
      sandbox,
      files,
      rounds,
      context: join(home, 'mine'),
      stockContext: join(home, 'stock'),
    };
    makeManyFiles(rig.context, files);
    cpSync(rig.context, rig.stockContext, { recursive: true });
    // One byte apart, so that neither tool is given the other's cached COPY.
    writeFileSync(join(rig.stockContext, 'stock'), 's');
    writeFileSync(join(rig.context, 'mine'), 'm');
    const version = await engine.api.version();
    console.log(`\n${files} files, Docker ${version}, medians of ${rounds}`);
    const rows: Row[] = [];
    for (const [name, measure] of Object.entries(parts)) if (names.includes(name)) rows.push(...(await measure(rig)));
    printRows(rows);
  } finally {
    await sandbox.dispose();
    await engine.stop('remove');
    rmSync(home, { recursive: true });
  }
}

/**
 * Sync, prime and build by a user whom nothing is known of, and a build of the stock CLI, each of a tree that nobody has
 * seen before. They take turns in going first: what one leaves to be written to the disk slows the other down.
 */
async function firstBuilds({ home, engine, files }: Rig): Promise<Row[]> {
  const mine: number[] = [];
  const stock: number[] = [];
  for (let round = 0; round < firstRounds; round++) {
    const sandbox = new Sandbox(engine.host).create();
    const trees = ['mine', 'stock'].map((name) => {
      const tree = join(home, `first-${name}`);
      makeManyFiles(tree, files, `${name} ${round} ${files}`);
      return tree;
    }) as [string, string];
    const steps = [
      async () => mine.push(await timed(() => sandbox.build(trees[0], { tag }))),
      async () => stock.push(await timed(() => stockBuild(engine, trees[1], { tag: stockTag }))),
    ];
    for (const step of round % 2 === 0 ? steps : steps.reverse()) await step();
    await sandbox.dispose();
    for (const tree of trees) rmSync(tree, { recursive: true });
    // Or a large tree would take ten times its size.
    for (const image of [tag, stockTag]) await engine.api.removeImage(image);
    await engine.api.pruneBuildCache();
  }
  return [
    { what: `very first build, presync (sync + prime + build), of ${firstRounds}`, value: ms(median(mine)) },
    { what: 'very first build, stock', value: ms(median(stock)) },
    { what: '  presync / stock', value: times(median(mine) / median(stock)), aim: 'at most 1.3' },
  ];
}

const firstRounds = 4;

async function unchangedBuilds(rig: Rig): Promise<Row[]> {
  const { engine, sandbox, context, stockContext, files, rounds } = rig;
  await sandbox.build(context, { tag });
  await stockBuild(engine, stockContext, { tag: stockTag });
  const unwatched: BuildResult[] = [];
  const stock = await repeat(rounds, async () => {
    unwatched.push(await sandbox.build(context, { tag }));
    return timed(() => stockBuild(engine, stockContext, { tag: stockTag }));
  });
  const beside = await whileWatched(rig, [], () => watchedBuilds(rig));
  const whole = median([...stock, ...beside.stock]);
  const large = files >= 100_000;
  return [
    { what: 'unchanged, stock, the whole', value: ms(whole) },
    { what: "unchanged, the builder's own share: the same order as one bare call", value: ms(median(beside.bare)) },
    { what: '  stock / bare call: what no client can exceed', value: times(whole / median(beside.bare)) },
    ...unchangedRows('watched', beside.watched, whole, large ? 'at least 30' : 'at least 10'),
    ...unchangedRows('scanned', unwatched, whole, undefined, large ? 'at least 5' : undefined),
  ];
}

async function watchedBuilds({ engine, sandbox, context, stockContext, rounds }: Rig) {
  await sandbox.build(context, { tag });
  const bareSolve = await BareSolve.prepare(engine, context, tag);
  const watched: BuildResult[] = [];
  const bare: number[] = [];
  const stock = await repeat(rounds, async () => {
    watched.push(await sandbox.build(context, { tag }));
    bare.push(await timed(() => bareSolve.run()));
    return timed(() => stockBuild(engine, stockContext, { tag: stockTag }));
  });
  bareSolve.dispose();
  return { stock, watched, bare };
}

function unchangedRows(
  kind: string,
  results: BuildResult[],
  stock: number,
  solveAim?: string,
  totalAim?: string,
): Row[] {
  const timing = (name: keyof BuildResult['timings']) => median(results.map(({ timings }) => timings[name]));
  const highest = (of: (result: BuildResult) => number) => String(Math.max(...results.map(of)));
  const name = (what: string) => `unchanged, ${kind}: ${what}`;
  const aimed = (aim: string | undefined) => (aim === undefined ? {} : { aim });
  return [
    { what: name('readyMs'), value: ms(timing('readyMs')), ...(kind === 'watched' ? { aim: 'at most 60' } : {}) },
    { what: name('solveMs'), value: ms(timing('solveMs')) },
    { what: name('verifyMs'), value: ms(timing('verifyMs')) },
    { what: name('totalMs'), value: ms(timing('totalMs')) },
    { what: name('stock / solveMs'), value: times(stock / timing('solveMs')), ...aimed(solveAim) },
    { what: name('stock / totalMs'), value: times(stock / timing('totalMs')), ...aimed(totalAim) },
    { what: name('most bytes sent'), value: highest(({ sent }) => sent.bytes), aim: 'at most 4096' },
    { what: name('most DiffCopies'), value: highest(({ builder }) => builder.diffCopies), aim: '0' },
    { what: name('verified'), value: `${results.filter(({ verified }) => verified).length}/${results.length}` },
  ];
}
