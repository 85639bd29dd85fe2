// @ts-check
'use strict';
/** What other people's packages the bundles hold, and under which terms: those ask to be named wherever the code goes. */
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * The packages whose code is in the bundles that esbuild made, sorted by name.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {{ name: string, version: string, licence: string, text: string }[]}
 */
function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  // One that is installed at several places is listed once.
  const packages = new Map([...folders].map(packageIn).map((found) => [`${found.name} ${found.version}`, found]));
  return [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} folder */
function packageIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return { name, version, licence: String(license), text };
}

/**
 * The list as a text.
 *
 * @param {ReturnType<typeof bundledPackages>} packages
 */
function licenceList(packages) {
  const line = '-'.repeat(80);
  const parts = packages.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`);
  return ['Presync contains code of these packages.\n', ...parts].join(`\n${line}\n\n`);
}

module.exports = { bundledPackages, licenceList };
