// @ts-check
'use strict';
/**
 * Bundles Presync's programs into dist/, with the licences of what is in them.
 *
 *   node esbuild.js [--watch] [--release] [--outdir DIR]
 *                   [--protocol N]    speak protocol version N (tests of version skew)
 *                   [--crash-points]  keep the crash points that fault tests use
 */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const esbuild = require('esbuild');
const { version } = require('./package.json');
const { bundledPackages, licenceList } = require('./scripts/lib/licences.js');

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
    protocol: { type: 'string' },
    'crash-points': { type: 'boolean', default: false },
  },
});

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.18',
  mainFields: ['module', 'main'],
  outdir: values.outdir,
  sourcemap: !values.release,
  minify: values.release,
  // They are in the list of licences.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: {
    PRESYNC_VERSION: JSON.stringify(version),
    ...(values.protocol === undefined ? {} : { PRESYNC_PROTOCOL: String(Number(values.protocol)) }),
    PRESYNC_CRASH_POINTS: String(values['crash-points']),
  },
};

/** @type {import('esbuild').BuildOptions[]} */
const programs = [
  { ...common, entryPoints: { extension: 'src/extension/main.ts' }, external: ['vscode'] },
  { ...common, entryPoints: { worker: 'src/extension/worker/main.ts' } },
  { ...common, entryPoints: { prover: 'src/workspace/proofThread.ts' } },
  { ...common, entryPoints: { scout: 'src/workspace/scoutThread.ts' } },
  { ...common, entryPoints: { cutter: 'src/workspace/cutterThread.ts' } },
  // Native, and optional: what is packed has nothing of it.
  { ...common, entryPoints: { watcher: 'src/workspace/watchProcess.ts' }, external: ['@parcel/watcher'] },
  { ...common, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  // ws looks for two optional native helpers and does without them.
  { ...common, entryPoints: { daemon: 'src/daemon/main.ts' }, external: ['bufferutil', 'utf-8-validate'] },
];

async function main() {
  if (values.watch) {
    const contexts = await Promise.all(programs.map((program) => esbuild.context(program)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const built = await Promise.all(programs.map((program) => esbuild.build(program)));
  const packages = bundledPackages(built.flatMap(({ metafile }) => metafile ?? []));
  writeFileSync(join(values.outdir, 'licences.txt'), licenceList(packages));
}

main().catch(() => process.exit(1));
