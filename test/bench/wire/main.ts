/**
 * What crosses a link, and how long it takes, beside stock `docker build`, `rsync -az` and a tar in a POST.
 *
 *   npm run bench:wire [-- --files 10000 --large 200 --commits 3000 --links 100,10,1 --store-files 100000 --big 5120]
 *                      [--rounds 3] [--suite trixie] [--write]
 *   npm run bench:wire -- --store      into a store on the same disk only, beside rsync
 *
 * Needs root, for network namespaces. `--write` puts what was found into docs/benchmarks.md and docs/wire.svg. Nothing is
 * asserted: the last table says what the project aims at.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Suite } from '../../support/engines.ts';
import { Engine } from '../../support/engines.ts';
import type { Row } from '../report.ts';
import { printMachine, printRows } from '../report.ts';
import type { Case } from './cases.ts';
import { linkCases, repositoryCases, treeCases } from './cases.ts';
import type { Outcome, Section } from './document.ts';
import { benchmarksPage, bytesText, secondsText, wirePlot } from './document.ts';
import type { LinkOptions } from './farSide.ts';
import { FarSide } from './farSide.ts';
import { measureBulk, measureRoundTrips, measureStore } from './goals.ts';
import type { Measured, ToolName } from './tools.ts';
import { openTools } from './tools.ts';
import { makeRepository, makeTree } from './trees.ts';

const repository = join(import.meta.dirname, '../../..');

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      files: { type: 'string', default: '10000' },
      large: { type: 'string', default: '200' },
      commits: { type: 'string', default: '3000' },
      links: { type: 'string', default: '100,10,1' },
      'store-files': { type: 'string', default: '100000' },
      big: { type: 'string', default: '5120' },
      rounds: { type: 'string', default: '3' },
      suite: { type: 'string', default: 'trixie' },
      store: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const [files, largeMb, commits] = [Number(values.files), Number(values.large), Number(values.commits)];
  printMachine();
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'presync-wire-')));
  const storeGoals = () => measureStore(home, Number(values['store-files']), Number(values.big), Number(values.rounds));
  const engine = new Engine(values.suite as Suite, join(home, 'engine'));
  try {
    if (values.store) {
      printRows(await storeGoals());
      return 0;
    }
    await engine.start();
    const bench = new WireBench(home, engine);
    const sections: Section[] = [];
    const open = { mbit: undefined, latencyMs: 0 };
    const tree = await bench.run('tree', open, treeCases(files, largeMb), (root) => makeTree(root, files, largeMb));
    const git = await bench.run('repo', open, repositoryCases(commits), (root) => makeRepository(root, commits));
    sections.push({ title: 'Bytes, and times on an unlimited link', shows: 'both', outcomes: [...tree, ...git] });
    for (const mbit of values.links.split(',').map(Number)) {
      const few = Math.min(files, mbit * 400);
      const options = { mbit, latencyMs: 50 };
      const outcomes = await bench.run(`link${mbit}`, options, linkCases(few), (root) => makeTree(root, few, 0));
      sections.push({ title: `${mbit} Mbit/s, 50 ms`, shows: 'both', outcomes });
    }
    const goals: Row[] = [
      ...(await storeGoals()),
      ...(await measureBulk(home, engine, 10)),
      ...(await measureBulk(home, engine, 100)),
      ...(await measureRoundTrips(home, engine)),
    ];
    printRows(goals);
    if (values.write) {
      const command = ['npm run bench:wire --', ...args].join(' ');
      const page = benchmarksPage(command, await engine.api.version(), sections, goals);
      writeFileSync(join(repository, 'docs/benchmarks.md'), page);
      writeFileSync(join(repository, 'docs/wire.svg'), wirePlot(sections[0]!.outcomes));
    }
  } finally {
    await engine.stop('remove');
    rmSync(home, { recursive: true });
  }
  return 0;
}

class WireBench {
  readonly #home: string;
  readonly #engine: Engine;

  constructor(home: string, engine: Engine) {
    this.#home = home;
    this.#engine = engine;
  }

  /** A new folder, and a far side that knows nothing of it; then each case, by each tool. */
  async run(name: string, link: LinkOptions, cases: readonly Case[], make: (root: string) => void): Promise<Outcome[]> {
    const home = join(this.#home, name);
    const root = join(home, name);
    mkdirSync(home);
    make(root);
    const far = await FarSide.open(home, this.#engine, link);
    try {
      const tools = await openTools(root, home, far, this.#engine);
      const outcomes: Outcome[] = [];
      for (const { what, prepare } of cases) {
        prepare(root);
        const by = new Map<ToolName, Measured>();
        for (const tool of tools) by.set(tool.name, await tool.sync());
        const told = [...by].map(([tool, { bytes, ms }]) => `${tool} ${bytesText(bytes)} ${secondsText(ms)}`);
        console.log(`${name}: ${what}: ${told.join(', ')}`);
        outcomes.push({ what, by });
      }
      return outcomes;
    } finally {
      await far.close();
      rmSync(home, { recursive: true });
    }
  }
}
