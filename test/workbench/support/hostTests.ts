import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import { withTimeout } from '../../../src/base/time.ts';
import type { EditorOptions } from './editor.ts';
import { Editor } from './editor.ts';
import type { HostTestResult } from './hostReport.ts';
import { hostReport } from './hostReport.ts';
import type { Version } from './versions.ts';

const timeoutMs = 240_000;

export interface HostTestOptions extends Pick<EditorOptions, 'installation' | 'host'> {
  readonly version: Version;
  /** The extension, as a folder: it is loaded as while it is developed. */
  readonly extension: string;
  /** The window's folder, by what is in it. */
  readonly files: Readonly<Record<string, string>>;
}

/** Runs the tests of test/workbench/host inside the extension host of a VS Code. Throws when they do not come to an end. */
export async function runHostTests(options: HostTestOptions): Promise<HostTestResult[]> {
  const { version, extension, files, installation, host } = options;
  const editor = new Editor({
    installation,
    host,
    vsix: [],
    settings: { 'security.workspace.trust.enabled': false },
    // Newer ones run tests for nobody else.
    arguments: version === 'oldest' ? [] : ['--vscode-option', 'enable-smoke-test-driver'],
  });
  try {
    const bundle = join(editor.user.home, 'host-tests.js');
    await Promise.all([bundleTests(bundle), editor.start()]);
    const said: string[] = [];
    let ended: () => void;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const remote = (path: string) => `vscode-remote://${new URL(editor.server.url).host}${path}`;
    await editor.open(editor.makeFolder('app', files), {
      parameters: {
        payload: JSON.stringify([
          ['extensionDevelopmentPath', remote(extension)],
          ['extensionTestsPath', remote(bundle)],
        ]),
      },
      functions: {
        codeAutomationLog: (_level: string, words: unknown[]) => said.push(words.join(' ')),
        codeAutomationExit: () => ended(),
      },
    });
    await withTimeout(end, timeoutMs, 'The tests in the extension host').catch((error: unknown) => {
      throw new Error(`${String(error)}\n${said.join('\n')}\n${editor.server.log()}`);
    });
    return JSON.parse(readFileSync(join(editor.user.home, hostReport), 'utf8')) as HostTestResult[];
  } finally {
    await editor.dispose();
  }
}

/** Mocha loads parts of itself by their names, so it stays where it is. */
const mochaApart: Plugin = {
  name: 'mocha-apart',
  setup({ onResolve }) {
    const path = createRequire(import.meta.url).resolve('mocha');
    onResolve({ filter: /^mocha$/ }, () => ({ path, external: true }));
  },
};

async function bundleTests(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, '../host/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    plugins: [mochaApart],
    logLevel: 'warning',
  });
}
