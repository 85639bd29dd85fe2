import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Sandbox } from '../../support/presyncCli.ts';
import { launchBrowser } from './browser.ts';
import { CodeServer } from './codeServer.ts';
import type { OpenOptions } from './workbench.ts';
import { Workbench } from './workbench.ts';

export interface EditorOptions {
  /** The folder that scripts/workbench made of a VS Code. */
  readonly installation: string;
  /** DOCKER_HOST. */
  readonly host: string;
  /** Extensions to install. */
  readonly vsix: readonly string[];
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments of the server. */
  readonly arguments?: readonly string[];
}

/** A VS Code, a browser for its windows, and a user to whom both belong: nothing of anybody else's is seen or touched. */
export class Editor {
  readonly user: Sandbox;
  readonly server: CodeServer;
  readonly #vsix: readonly string[];
  readonly #windows: Workbench[] = [];
  #browser: Browser | undefined;

  constructor({ host, vsix, env = {}, ...rest }: EditorOptions) {
    this.#vsix = vsix;
    this.user = new Sandbox(host).create();
    this.server = new CodeServer({ ...rest, home: join(this.user.home, 'vscode'), env: { ...this.user.env, ...env } });
  }

  async start(): Promise<void> {
    for (const vsix of this.#vsix) await this.server.install(vsix);
    [this.#browser] = await Promise.all([launchBrowser(), this.server.start()]);
  }

  /** A new window in a browser profile of its own. */
  async open(path: string, options: OpenOptions = {}): Promise<Workbench> {
    const window = await Workbench.open(this.#browser!, this.server.url, path, options);
    this.#windows.push(window);
    return window;
  }

  async close(window: Workbench): Promise<void> {
    this.#windows.splice(this.#windows.indexOf(window), 1);
    await window.close();
  }

  /** Makes a folder of the user's with these files, and returns its path. */
  makeFolder(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.user.home, name);
    mkdirSync(folder);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return folder;
  }

  /** Writes down what there is to see into a new folder: pictures of the windows, Presync's logs, the end of VS Code's. */
  async writeEvidence(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    for (const [index, { page }] of this.#windows.entries()) {
      await page.screenshot({ path: join(folder, `window${index}.png`) }).catch(() => undefined);
    }
    for (const [index, log] of this.server.outputs('Presync').entries())
      copyFileSync(log, join(folder, `presync${index}.log`));
    writeFileSync(join(folder, 'server.log'), this.server.log());
  }

  /** Ends everything that was started here, daemons included, and removes its traces. */
  async dispose(): Promise<void> {
    await this.#browser?.close();
    await this.server.stop();
    await this.user.dispose();
  }
}
