/**
 * The CLI in the integrated terminal: `presync` is a small script on its PATH that runs our cli.js on the very Node
 * that VS Code runs on, so nothing has to be installed.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { GlobalEnvironmentVariableCollection } from 'vscode';

export interface ShimOptions {
  /** A folder of our own that outlives the extension's. */
  readonly folder: string;
  readonly cli: string;
  readonly node: string;
  readonly platform: NodeJS.Platform;
}

/** Installs the command, once, whenever that is first asked for. */
export class CliShim {
  readonly #install: () => Promise<void>;
  #installed = false;

  constructor(options: ShimOptions, environment: GlobalEnvironmentVariableCollection) {
    this.#install = () => installShim(options, environment);
  }

  async install(): Promise<void> {
    if (this.#installed) return;
    this.#installed = true;
    await this.#install();
  }
}

/** Writes the script and puts its folder first on the PATH of new terminals. */
export async function installShim(
  options: ShimOptions,
  environment: GlobalEnvironmentVariableCollection,
): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  const { name, text } = shimScript(options);
  const path = join(options.folder, name);
  await writeFile(path, text, { mode: 0o755 });
  await chmod(path, 0o755);
  environment.description = 'Adds the command `presync`.';
  environment.prepend('PATH', options.folder + delimiter);
}

/** Under Electron, ELECTRON_RUN_AS_NODE makes the editor's program Node; elsewhere it means nothing. */
export function shimScript({ node, cli, platform }: ShimOptions): { readonly name: string; readonly text: string } {
  if (platform === 'win32') {
    return { name: 'presync.cmd', text: `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n"${node}" "${cli}" %*\r\n` };
  }
  return { name: 'presync', text: `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(node)} ${quoted(cli)} "$@"\n` };
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
