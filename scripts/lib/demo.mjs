/** The demo: see scripts/demo. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { endCommands, runCommand } from './command.mjs';
import { findEngine } from './demoEngine.mjs';
import { duration, printTable, size } from './table.mjs';

const base = 'presync-demo-base';
const tags = { presync: 'presync-demo', stock: 'presync-demo-stock' };
const dockerfile = (from) => `FROM ${from}
COPY . /src
RUN find /src -type f | wc -l > /files && cat /files
`;

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'presync-demo-')));
const leftovers = [() => rmSync(scratch, { recursive: true, force: true })];

/** Undoes what the demo did to the machine, last things first. */
async function cleanUp() {
  endCommands();
  for (const undo of leftovers.splice(0).reverse()) await undo();
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void cleanUp().then(() => process.exit(130)));

/** Runs a program that has to succeed, and returns how long it took and what it printed. */
async function run(program, args, options = {}) {
  const ended = await runCommand(program, args, { quiet: true, ...options });
  if (ended.status === 0) return ended;
  throw new Error(`${program} ${args.join(' ')} failed (exit ${ended.status})\n${ended.output}`);
}

/** A copy of this repository and its packages, with a Dockerfile. Each tool has one, so that neither warms the other. */
async function makeContext(name, from) {
  const context = join(scratch, name);
  mkdirSync(context);
  const listed = await runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    quiet: true,
  });
  // Without git the sources alone have to do; with it, the index also lists what was just deleted.
  const files =
    listed.status === 0 ? listed.stdout.split('\0').filter((path) => path !== '' && existsSync(path)) : ['src'];
  await run('cp', ['-a', '--parents', '-t', context, ...files]);
  cpSync('node_modules', join(context, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(context, 'Dockerfile'), dockerfile(from));
  writeFileSync(join(context, 'built-by'), name);
  return context;
}

/** `FROM`: Debian's static busybox as an image, or, where there is none, busybox from the registry. */
async function importBase(docker) {
  const found = await runCommand('sh', ['-c', 'command -v busybox'], { quiet: true });
  if (found.status !== 0) return 'busybox';
  const root = join(scratch, 'base');
  const make =
    'mkdir -p "$1/bin" && cp "$2" "$1/bin/busybox" && for c in sh find wc cat; do ln -s busybox "$1/bin/$c"; done';
  await run('sh', ['-c', `${make} && tar -C "$1" -cf "$1.tar" .`, 'sh', root, found.output.trim()]);
  await docker('import', `${root}.tar`, base);
  leftovers.push(() => docker('rmi', '-f', base));
  return base;
}

/** A user for Presync: folders of its own, so that the first build is a first one and no other daemon is touched. */
function presyncUser(host) {
  const env = { DOCKER_HOST: host };
  for (const name of ['RUNTIME_DIR', 'CACHE_HOME', 'CONFIG_HOME', 'DATA_HOME', 'STATE_HOME']) {
    env[`XDG_${name}`] = join(scratch, name);
    mkdirSync(env[`XDG_${name}`], { mode: 0o700 });
  }
  const presync = (...args) => runCommand('node', ['dist/cli.js', ...args], { quiet: true, env });
  leftovers.push(async () => {
    const { daemon } = lastJson((await presync('status', '--json')).stdout);
    if (daemon) process.kill(daemon.pid, 'SIGTERM');
  });
  return { presync, env };
}

const lastJson = (text) => JSON.parse(text.trimEnd().split('\n').at(-1));

/** Times one build of each tool and says what it moved. */
function builders(presync, docker, contexts) {
  return {
    async presync() {
      const { stdout, output, ms } = await presync('build', '--json', '-t', tags.presync, contexts.presync);
      const result = lastJson(stdout);
      if (!result.ok) throw new Error(`presync build failed: ${result.message} ${result.hint}\n${output}`);
      const { sent, builder, timings } = result;
      return { ms, solveMs: timings.solveMs, sent: sent.bytes, toBuilder: builder.bytes };
    },
    async stock() {
      const args = ['build', '--progress=plain', '-t', tags.stock, contexts.stock];
      const { output, ms } = await docker(...args);
      // "transferring context: 1.23MB 0.4s done": the last one is the whole.
      const sent = [...output.matchAll(/transferring context: ([\d.]+)([kMG]?)B/g)].at(-1);
      return { ms, sent: sent ? Number(sent[1]) * 1000 ** ['', 'k', 'M', 'G'].indexOf(sent[2]) : 0 };
    },
  };
}

/** The files that the image of `tag` has at /src/note, read through the engine. */
async function noteIn(docker, tag) {
  const { stdout } = await docker('run', '--rm', '--network=none', tag, 'cat', '/src/note');
  return stdout.trim();
}

async function main() {
  const engine = await findEngine(scratch);
  leftovers.push(engine.stop);
  const dockerEnv = { DOCKER_HOST: engine.host, DOCKER_BUILDKIT: '1' };
  const docker = (...args) => run(engine.cli ?? 'docker', args, { env: dockerEnv });
  console.log(`Engine: ${engine.name}; Node ${process.version}, ${cpus().length} CPUs`);

  const from = engine.cli ? await importBase(docker) : 'busybox';
  const contexts = { presync: await makeContext('presync', from), stock: await makeContext('stock', from) };
  const files = (await run('sh', ['-c', `find '${contexts.presync}' -type f | wc -l`])).stdout.trim();
  console.log(`Context: this repository with its packages, ${files} files\n`);

  const { presync, env } = presyncUser(engine.host);
  const build = builders(presync, docker, contexts);
  leftovers.push(() =>
    runCommand(engine.cli ?? 'docker', ['rmi', '-f', ...Object.values(tags)], { quiet: true, env: dockerEnv }),
  );

  const rows = [];
  const both = async (what, { stock = true } = {}) => {
    console.log(`${what} ...`);
    rows.push([what, await build.presync(), stock && engine.cli ? await build.stock() : undefined]);
  };
  const edit = (note) => {
    for (const context of Object.values(contexts)) writeFileSync(join(context, 'note'), `${note}\n`);
  };

  await both('first build');
  edit('the edit');
  await both('one file edited');
  await both('nothing changed');
  const watching = runCommand('node', ['dist/cli.js', 'watch', contexts.presync], { quiet: true, env });
  await inSync(presync, contexts.presync);
  await both('nothing changed, watched', { stock: false });
  edit('the second edit');
  await inSync(presync, contexts.presync);
  await both('one file edited, watched', { stock: false });
  void watching;

  console.log();
  printTable(
    ['', 'presync', 'of it, the build', 'sent', 'to BuildKit', 'docker build', 'sent'],
    rows.map(([what, mine, stock]) => [
      what,
      duration(mine.ms),
      duration(mine.solveMs),
      size(mine.sent),
      size(mine.toBuilder),
      stock ? duration(stock.ms) : '',
      stock ? size(stock.sent) : '',
    ]),
  );
  if (!engine.cli) return console.log('\nNo docker CLI with BuildKit is here, so there is nothing to compare with.');
  const note = await noteIn(docker, tags.presync);
  if (note !== 'the second edit') throw new Error(`the image holds ${JSON.stringify(note)} instead of the last edit`);
  console.log("\nThe image holds the last edit. Times are whole commands, Node's start included.");
}

/** Waits until the watched context is in sync with what is on the disk now. */
async function inSync(presync, context) {
  // An event needs a moment to come; before it has, the context still looks in sync.
  for (let quiet = 0, tries = 0; quiet < 5; tries++) {
    if (tries > 300) throw new Error('the watched context did not come in sync within 60 seconds');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { contexts } = lastJson((await presync('status', '--json')).stdout);
    quiet = contexts.some(({ path, inSync }) => path === context && inSync) ? quiet + 1 : 0;
  }
}

try {
  await main();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
process.exit();
