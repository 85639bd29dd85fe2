/**
 * The layers of scripts/test, run one after the other and counted together.
 *
 * A static check counts as one test. A runner that fails without naming a failed test counts as one failed test, and so
 * does a layer whose engines or VS Codes do not start or that takes more than twice its budget (it is ended then).
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { endCommands, runCommand } from './command.mjs';
import { sweep } from './sweep.mjs';
import { startEngines } from './testEngines.mjs';
import { installVsCodes } from './testVsCodes.mjs';

/**
 * `checks` are npm scripts, `projects` vitest projects (and folders of test/), `commands` programs that Debian has in packages
 * of their names, `minutes` the budget on two cores.
 */
const layers = {
  unit: { minutes: 5, checks: ['lint', 'check', 'generate:check'], audit: true, projects: ['unit', 'property'] },
  integration: { minutes: 12, projects: ['integration'], engines: true },
  workbench: { minutes: 8, projects: ['workbench'], engines: true, vsCodes: true },
  faults: { minutes: 5, projects: ['faults'], engines: true, commands: ['strace'] },
};

/** The command line, or the end of the program with what is wrong with it. */
function readArguments() {
  try {
    return parseArgs({ options: { full: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    console.error(`${error.message} (scripts/test [--full] [${Object.keys(layers).join('|')} ...])`);
    process.exit(2);
  }
}

const { values: options, positionals: named } = readArguments();
const unknown = named.filter((name) => !(name in layers));
if (unknown.length > 0) {
  console.error(`unknown layer: ${unknown.join(', ')} (there are ${Object.keys(layers).join(', ')})`);
  process.exit(2);
}

const seed = (process.env.PRESYNC_SEED ??= String(Date.now() % 2 ** 31));
if (options.full) process.env.PRESYNC_FULL = '1';
// Everything that tests make is below this folder, so that even a run that is killed leaves nothing behind. Tests as
// another user have to get through it.
const scratch = mkdtempSync(join(tmpdir(), 'presync-'));
chmodSync(scratch, 0o755);
// But for what is to be looked at afterwards: pictures and logs of tests that failed.
const evidence = `${scratch}-evidence`;
/** What failed, to be read at the end, where nobody has to look for it. */
const failures = [];
let engines;

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    endCommands();
    await cleanUp();
    process.exit(1);
  });
}

async function cleanUp() {
  await engines?.stop();
  await sweep(scratch);
  rmSync(scratch, { recursive: true, force: true });
}

/** Whether anybody has written tests for this vitest project. */
function hasTests(project) {
  try {
    return readdirSync(join('test', project), { recursive: true }).some((file) => file.endsWith('.test.ts'));
  } catch {
    return false;
  }
}

/** Installs a program unless it is there, or throws with what went wrong. */
async function installCommand(name) {
  const install = `source scripts/lib/apt.sh && need_command ${name} ${name}`;
  const { status, output } = await runCommand('bash', ['-c', install], { quiet: true });
  if (status !== 0) throw new Error(output);
}

async function runCheck(name) {
  const { status, output, ms } = await runCommand('npm', ['run', '--silent', name], { quiet: true });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(ms)})`);
  if (status !== 0) {
    console.log(output);
    failures.push(`npm run ${name}`);
  }
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Known holes of what is bundled. Not every registry can be asked: then nothing is counted, and it is said. */
async function runAudit() {
  const { status, output, ms } = await runCommand('npm', ['audit', '--omit=dev', '--json'], { quiet: true });
  if (status !== 0 && !output.includes('"vulnerabilities"')) {
    console.log('not run: audit (the registry does not answer it)');
    return { passed: 0, failed: 0 };
  }
  console.log(status === 0 ? `ok     audit (${seconds(ms)})` : `FAILED audit (${seconds(ms)})\n${output}`);
  if (status !== 0) failures.push('npm audit --omit=dev');
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runVitest(projects, timeoutMs, env) {
  const report = join(scratch, `${projects[0]}.json`);
  const args = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status, timedOut } = await runCommand(
    'npx',
    [...args, ...projects.map((project) => `--project=${project}`)],
    {
      timeoutMs,
      env: { ...env, TMPDIR: scratch, PRESYNC_EVIDENCE: evidence },
    },
  );
  if (timedOut) failures.push(`${projects.join(', ')}: ended after ${seconds(timeoutMs)}`);
  return countReport(report, status);
}

/** Sums vitest's JSON report. A file that could not be loaded, or an error outside a test, is a failure as well. */
function countReport(path, status) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    failures.push(`${path}: no report`);
    return { passed: 0, failed: 1 };
  }
  for (const file of report.testResults) failures.push(...failedIn(file));
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + unloaded.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) console.log(`${skipped} tests did not run`);
  if (status === 0 || failed > 0) return { passed: report.numPassedTests, failed };
  failures.push(`${path}: an error outside of a test`);
  return { passed: report.numPassedTests, failed: 1 };
}

/** The failed tests of a file of vitest's report, each with what it said first. */
function failedIn({ name, status, message, assertionResults }) {
  const file = relative('.', name);
  if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${head(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${file} > ${test.fullName}\n    ${head(test.failureMessages[0])}`);
}

/** What a failure said, without its stack. */
function head(message = '') {
  const lines = message.split('\n').filter((text) => !/^\s+at /.test(text));
  return lines.slice(0, 12).join('\n    ').slice(0, 1500);
}

async function runLayer(name) {
  const {
    minutes,
    checks = [],
    projects,
    engines: needsEngines,
    vsCodes: needsVsCodes,
    commands = [],
    audit,
  } = layers[name];
  const counts = [];
  const present = projects.filter(hasTests);
  if (present.length === 0) {
    console.log(`${name}: no tests yet`);
    // Nobody who asks for a layer by its name should take silence for success.
    return named.length === 0 ? undefined : { passed: 0, failed: 1 };
  }
  for (const command of commands) await installCommand(command);
  if (needsVsCodes) await installVsCodes();
  if (needsEngines) engines ??= await startEngines();
  const started = performance.now();
  for (const check of checks) counts.push(await runCheck(check));
  if (audit) counts.push(await runAudit());
  counts.push(await runVitest(present, options.full ? undefined : minutes * 120_000, engines?.env));
  const total = sum(counts);
  const took = performance.now() - started;
  const late = !options.full && took > minutes * 60_000 ? ', over its budget' : '';
  console.log(`${name}: ${line(total)} in ${seconds(took)} (budget ${minutes} min${late})`);
  return total;
}

function sum(counts) {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}

const line = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

console.log(`seed ${seed}${options.full ? ', full counts' : ''} (again with PRESYNC_SEED=${seed})`);
const results = [];
try {
  for (const name of named.length > 0 ? named : Object.keys(layers)) {
    console.log(`\n== ${name}`);
    try {
      results.push((await runLayer(name)) ?? { passed: 0, failed: 0 });
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
      results.push({ passed: 0, failed: 1 });
    }
  }
} finally {
  await cleanUp();
}
const total = sum(results);
for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(`\nseed ${seed}`);
console.log(line(total));
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
