/**
 * What a scan costs, next to the bare system calls that no scan can do without.
 *
 *     node test/bench/scan.mjs [FILES] [RUNS]       by default 100,000 files of 2 KB, 50 to a folder, and 5 runs
 *
 * Every figure is a process of its own. The bare loop is readdirSync and lstatSync over the same tree in the same run.
 */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const self = fileURLToPath(import.meta.url);
const [task, ...args] = process.argv.slice(2);

const tasks = { bare, first, cached, rescan };
if (task in tasks) await tasks[task](...args);
else await main(Number(task ?? 100_000), Number(args[0] ?? 5));

async function main(files, runs) {
  const scratch = mkdtempSync(join(tmpdir(), 'presync-bench-'));
  try {
    const tree = join(scratch, 'tree');
    makeTree(tree, files);
    const bundle = join(scratch, 'scanner.cjs');
    const entry = {
      contents:
        "export * from './src/workspace/scanner.ts'; export { includeAll } from './src/workspace/contextFilter.ts';",
    };
    await build({
      stdin: { ...entry, resolveDir: fileURLToPath(new URL('../..', import.meta.url)), loader: 'ts' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      outfile: bundle,
    });
    const run = (name) =>
      JSON.parse(execFileSync(process.execPath, [self, name, tree, bundle, join(scratch, 'cache')]));
    console.log(`${files} files`);
    console.log('first scan, hashing everything', run('first'));
    const rows = Array.from({ length: runs }, () => ({ bare: run('bare'), find: find(tree), cached: run('cached') }));
    const median = (pick) => rows.map(pick).sort((a, b) => a - b)[runs >> 1];
    const bareMs = median((row) => row.bare.ms);
    const cachedMs = median((row) => row.cached.ms);
    console.table({
      'bare loop': { ms: bareMs },
      'find -printf': { ms: median((row) => row.find) },
      'cached scan, cold process': {
        ms: cachedMs,
        'of bare': (cachedMs / bareMs).toFixed(2),
        rssMb: median((row) => row.cached.rssMb),
        longestBlockMs: median((row) => row.cached.longestBlockMs),
      },
    });
    console.log('one file changed', run('rescan'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function makeTree(root, files) {
  const content = Buffer.alloc(2048);
  for (let file = 0; file < files; file++) {
    const folder = Math.floor(file / 50);
    const path = join(root, `group${folder % 100}`, `folder${folder}`);
    if (file % 50 === 0) mkdirSync(path, { recursive: true });
    content.fill(`${file} `);
    writeFileSync(join(path, `file${file}.txt`), content);
  }
}

function find(tree) {
  const start = performance.now();
  execFileSync('find', [tree, '-printf', '%i %s %T@ %C@ %m\n'], { stdio: 'ignore' });
  return Math.round(performance.now() - start);
}

function bare(root) {
  const start = performance.now();
  const walk = (folder) => {
    for (const name of readdirSync(folder)) {
      if (lstatSync(`${folder}/${name}`, { bigint: true }).isDirectory()) walk(`${folder}/${name}`);
    }
  };
  walk(root);
  report(start);
}

async function first(root, bundle, cachePath) {
  rmSync(cachePath, { force: true });
  const scanner = await load(root, bundle, cachePath);
  const start = performance.now();
  await scanner.scan();
  report(start);
  // What has changed just now is not trusted next time.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await scanner.scan();
  await scanner.save();
}

/** The cost of an unwatched build: load the cache, look at everything, have the root digest. */
async function cached(root, bundle, cachePath) {
  const scanner = await load(root, bundle, cachePath);
  let longestBlockMs = 0;
  let last = performance.now();
  const start = last;
  const timer = setInterval(() => {
    longestBlockMs = Math.max(longestBlockMs, Math.round(performance.now() - last));
    last = performance.now();
  }, 1);
  const { snapshot } = await scanner.scan();
  void snapshot.digest;
  report(start, { longestBlockMs });
  clearInterval(timer);
}

async function rescan(root, bundle, cachePath) {
  const scanner = await load(root, bundle, cachePath);
  await scanner.scan();
  const path = 'group0/folder0/file0.txt';
  const times = [];
  for (let round = 0; round < 20; round++) {
    writeFileSync(join(root, path), `changed ${round}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const start = performance.now();
    await scanner.rescan([path]);
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[times.length >> 1];
  console.log(JSON.stringify({ ms: Number(median.toFixed(2)) }));
}

async function load(root, bundle, cachePath) {
  const { ContextScanner, includeAll } = (await import(pathToFileURL(bundle))).default;
  return new ContextScanner({ root, filter: includeAll, filterKey: '', cachePath });
}

function report(start, more = {}) {
  const ms = Math.round(performance.now() - start);
  console.log(JSON.stringify({ ms, rssMb: Math.round(process.memoryUsage().rss / 2 ** 20), ...more }));
}
