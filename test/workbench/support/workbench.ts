import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';

/** Nothing that a window does on a loaded machine takes longer. */
const patienceMs = 30_000;
/** How long a list may take to show what is in it. */
const listedMs = 3_000;

/** Of the browser, where `listen` runs a function. */
declare const MutationObserver: new (callback: () => void) => {
  observe(node: unknown, options: { attributeFilter: string[] }): void;
};

/** What the status bar item shows, and what it says to a screen reader. */
export interface StatusItem {
  readonly text: string;
  readonly label: string;
}

export interface OpenOptions {
  /** More parameters of the page's address. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Functions that the page may call. */
  readonly functions?: Readonly<Record<string, (...args: never[]) => unknown>>;
}

/** One window of VS Code in a browser profile of its own, used as a person would: by keys, clicks and what is on screen. */
export class Workbench {
  readonly page: Page;
  readonly #profile: BrowserContext;
  readonly #url: string;

  private constructor(profile: BrowserContext, page: Page, url: string) {
    this.#profile = profile;
    this.page = page;
    this.#url = url;
  }

  /** Opens a folder, or a .code-workspace file. Returns when the window is drawn; extensions may still be starting. */
  static async open(browser: Browser, server: string, path: string, options: OpenOptions = {}): Promise<Workbench> {
    const profile = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    profile.setDefaultTimeout(patienceMs);
    // A test machine need not see the world, and the window must not wait for it.
    await profile.route(
      (url) => url.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    const url = new URL(server);
    url.searchParams.set(path.endsWith('.code-workspace') ? 'workspace' : 'folder', path);
    for (const [name, value] of Object.entries(options.parameters ?? {})) url.searchParams.set(name, value);
    for (const [name, listener] of Object.entries(options.functions ?? {}))
      await profile.exposeFunction(name, listener);
    const workbench = new Workbench(profile, await profile.newPage(), url.href);
    await workbench.page.goto(url.href);
    await workbench.#drawn();
    return workbench;
  }

  /** As the user's "Developer: Reload Window". */
  async reload(): Promise<void> {
    await this.page.goto(this.#url);
    await this.#drawn();
  }

  /** Closes the window in an orderly way: its extension host ends at once instead of waiting for the window's return. */
  async close(): Promise<void> {
    await this.page.goto('about:blank');
    await this.#profile.close();
  }

  /** Answers the dialog that a new folder is met with. */
  async answerTrust(trusted: boolean): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: trusted ? /^Yes, I trust/ : /^No, / }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  // --- commands and quick picks

  /** Runs a command by its name in the command palette, such as `Presync: Build Image`. */
  async run(command: string): Promise<void> {
    await this.#choose('F1', `>${command}`, command);
  }

  /** Whether the command palette offers a command now. */
  async offers(command: string): Promise<boolean> {
    await this.#palette('F1', `>${command}`);
    // Rows come one after the other; that nothing matches is a row too.
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const offered = (await this.#row(command).count()) > 0;
    await this.page.keyboard.press('Escape');
    return offered;
  }

  /** Picks an item of the quick pick that is open. */
  async pick(label: string | RegExp): Promise<void> {
    await this.#row(label).click();
  }

  /** The labels of the quick pick that is open. */
  async picks(): Promise<string[]> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map(plain);
  }

  /** Waits for a question with this title. */
  async question(title: string): Promise<void> {
    await this.page.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  /** Accepts what the input box that is open asks for. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor();
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses a folder that holds no other in the dialog for that, which has a button of this name. */
  async chooseFolder(path: string, button: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget');
    const rows = dialog.locator('.monaco-list-row');
    // Before it lists where it begins it writes that into its input, whatever is there.
    await rows.filter({ hasText: '..' }).waitFor();
    await dialog.locator('input[type=text]').first().fill(`${path}/`);
    // The button takes what is listed, which follows the input after a while.
    while ((await rows.allInnerTexts()).map(plain).join() !== '..') await sleep(50);
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Picks a row of a list that is filled when it opens: what comes later is there when it is opened again. */
  async #choose(key: string, text: string, label: string): Promise<void> {
    const row = this.#row(label);
    for (const end = performance.now() + patienceMs; performance.now() < end;) {
      await this.#palette(key, text);
      const listed = await row.waitFor({ timeout: listedMs }).then(
        () => true,
        () => false,
      );
      if (listed) return row.click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`waited ${patienceMs} ms for "${label}" to be listed`);
  }

  async #palette(key: string, text: string): Promise<void> {
    await this.page.keyboard.press(key);
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor();
    await input.fill(text);
  }

  #row(label: string | RegExp): Locator {
    const name = typeof label === 'string' ? new RegExp(`^\\s*${escaped(label)}$`) : label;
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    return rows.filter({ has: this.page.locator('.label-name', { hasText: name }) }).first();
  }

  // --- editors

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.#choose('Control+P', name, name);
    await this.page.locator(`.tab.active[aria-label^="${name}"], .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
  }

  /** Writes at the start of the editor that is open. */
  async write(text: string): Promise<void> {
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('Control+Home');
    await this.page.keyboard.type(text);
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
  }

  // --- the status bar item

  get item(): Locator {
    return this.page.locator('[id="presync.presync.presync.status"]');
  }

  /** Undefined while there is none. */
  async status(): Promise<StatusItem | undefined> {
    if ((await this.item.count()) === 0) return undefined;
    const [text, label] = await Promise.all([this.item.innerText(), this.item.getAttribute('aria-label')]);
    return { text: plain(text), label: label ?? '' };
  }

  /** Waits until what the item says to a screen reader matches; returns it. Throws with what it said instead. */
  async waitForStatus(label: RegExp, ms = patienceMs): Promise<string> {
    const end = performance.now() + ms;
    for (;;) {
      const status = await this.status();
      if (status !== undefined && label.test(status.label)) return status.label;
      if (performance.now() > end) {
        throw new Error(`waited ${ms} ms for the item to say ${String(label)}; it says ${JSON.stringify(status)}`);
      }
      await sleep(20);
    }
  }

  /** From now on writes down everything that the item says; the answer gives what it has said so far. */
  async listen(): Promise<() => Promise<string[]>> {
    const said = await this.item.evaluateHandle((item) => {
      const labels = [item.getAttribute('aria-label') ?? ''];
      new MutationObserver(() => labels.push(item.getAttribute('aria-label') ?? '')).observe(item, {
        attributeFilter: ['aria-label'],
      });
      return labels;
    });
    return () => said.jsonValue();
  }

  // --- what the window tells

  /** The modal dialog that is open: its message and detail. */
  async dialog(): Promise<string> {
    return plain(await this.page.locator('.monaco-dialog-box .dialog-message-container').innerText());
  }

  async press(button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** The notification with this text, once it is there. */
  async notification(text: RegExp): Promise<Locator> {
    const toast = this.page.locator('.notification-toast').filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** The texts of all notifications that are on screen. */
  async notifications(): Promise<string[]> {
    return (await this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts()).map(plain);
  }

  /** What the terminal in front shows. */
  async terminal(): Promise<string> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    return (await rows.allInnerTexts())
      .map((row) => row.replace(/\u00a0/g, ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits until the terminal in front shows something; returns all that it shows. */
  async waitForTerminal(text: RegExp, ms = patienceMs): Promise<string> {
    const end = performance.now() + ms;
    for (;;) {
      const shown = await this.terminal();
      if (text.test(shown)) return shown;
      if (performance.now() > end) throw new Error(`waited ${ms} ms for ${String(text)} in the terminal:\n${shown}`);
      await sleep(50);
    }
  }

  /** So that what is waited for next comes from a new one. */
  async closeTerminal(): Promise<void> {
    await this.run('Terminal: Kill the Active Terminal Instance');
    await this.page.locator('.terminal-wrapper.active').waitFor({ state: 'detached' });
  }

  /** What the Problems panel lists, as `Error: message at line 3 and character 1.` */
  async problems(): Promise<string[]> {
    await this.run('Problems: Focus on Problems View');
    const panel = this.page.locator('.markers-panel');
    await panel.waitFor();
    const rows = panel.locator('.monaco-list-row');
    return (await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''))).filter((row) =>
      / at line \d+/.test(row),
    );
  }

  /** The rows of a view in the side bar, as they are read to somebody who does not see them. */
  async rowsOf(view: string): Promise<string[]> {
    const pane = this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${view} "]`) });
    const rows = pane.locator('.monaco-list-row');
    return rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** The window without what floats above it, for a picture. */
  async closeNotifications(): Promise<void> {
    await this.run('Notifications: Clear All Notifications');
  }

  async #drawn(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
  }
}

/** Monaco and the terminal have no-break spaces, and lines end with them. */
function plain(text: string): string {
  return text.replace(/\u00a0/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
