/**
 * A hand-made `vscode` for unit tests (an alias in vitest.config.ts): what Presync uses of it, and no more.
 *
 * Tests set and look at `fake`; `resetVscode` makes a new one, before each test.
 */
import type { URI } from 'vscode-uri';
import { FakeDisk } from './vscode/documents.ts';
import type { WorkspaceEdit } from './vscode/documents.ts';
import { CancellationTokenSource, Disposable, EventEmitter } from './vscode/events.ts';
import type { Diagnostic, RelativePattern } from './vscode/values.ts';
import { Uri } from './vscode/values.ts';

export * from './vscode/values.ts';
export * from './vscode/events.ts';
export { WorkspaceEdit } from './vscode/documents.ts';

/** A message, a quick pick or an input box that was shown. */
export interface Asked {
  readonly kind: 'error' | 'warning' | 'information' | 'quickPick' | 'inputBox';
  /** The message, or the title or prompt of what is picked. */
  readonly text: string;
  /** Buttons, or items. */
  readonly items: readonly unknown[];
  readonly options: unknown;
}

class FakeVscode {
  readonly disk = new FakeDisk();
  /** Values by full name: `presync.codeLens`. */
  readonly settings = new Map<string, unknown>();
  readonly installed = new Set<string>();
  readonly asked: Asked[] = [];
  /** What the user does with what is asked; leaves it by default. */
  answer: (asked: Asked) => unknown = () => undefined;
  readonly commands = new Map<string, (...args: never[]) => unknown>();
  /** Commands that were run and that nobody has registered. */
  readonly executed: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  /** By path, of all collections together. */
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly statusItems: Record<string, unknown>[] = [];
  readonly terminals: Record<string, unknown>[] = [];
  readonly treeViews: FakeTreeView[] = [];
  /** Providers by what they are registered for. */
  readonly providers = new Map<string, unknown>();
  readonly shownDocuments: { readonly path: string; readonly options: unknown }[] = [];
  folders: { readonly uri: URI; readonly name: string; readonly index: number }[] = [];
  trusted = true;
  /** As 'dev-container' in one; undefined on the user's own machine. */
  remoteName: string | undefined;
  /** What the active editor shows. */
  activeFile: string | undefined;
  readonly events = {
    configuration: new EventEmitter<{ affectsConfiguration(name: string): boolean }>(),
    folders: new EventEmitter<unknown>(),
    trust: new EventEmitter<void>(),
    saved: new EventEmitter<unknown>(),
    /** Paths of files that another program has created or deleted. */
    created: new EventEmitter<string>(),
    deleted: new EventEmitter<string>(),
  };

  /** Changes a setting, and says so. */
  set(name: string, value: unknown): void {
    this.settings.set(name, value);
    const affectsConfiguration = (asked: string) => name === asked || name.startsWith(`${asked}.`);
    this.events.configuration.fire({ affectsConfiguration });
  }

  addFolder(path: string): void {
    const uri = Uri.file(path);
    this.folders.push({ uri, name: path.slice(path.lastIndexOf('/') + 1), index: this.folders.length });
  }
}

/** What stands behind the API of this test. */
export let fake = new FakeVscode();

export function resetVscode(): void {
  fake = new FakeVscode();
}

class FakeTreeView {
  visible = true;
  description: string | undefined;
  message: string | undefined;
  readonly visibility = new EventEmitter<{ visible: boolean }>();
  readonly onDidChangeVisibility = this.visibility.event;
  disposed = false;

  constructor(
    readonly id: string,
    readonly options: unknown,
  ) {}

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.visibility.fire({ visible });
  }

  dispose(): void {
    this.disposed = true;
  }
}

const provided = (key: string, provider: unknown): Disposable => {
  fake.providers.set(key, provider);
  return new Disposable(() => fake.providers.delete(key));
};

function ask(kind: Asked['kind'], text: string, items: readonly unknown[], options: unknown): Promise<unknown> {
  const asked = { kind, text, items, options };
  fake.asked.push(asked);
  return Promise.resolve(fake.answer(asked));
}

const message =
  (kind: Asked['kind']) =>
  (text: string, ...rest: unknown[]) => {
    const [first] = rest;
    const hasOptions = typeof first === 'object' && first !== null && 'modal' in first;
    return ask(kind, text, hasOptions ? rest.slice(1) : rest, hasOptions ? first : undefined);
  };

interface PickOptions {
  readonly title?: string;
  readonly placeHolder?: string;
  readonly prompt?: string;
}

export const window = {
  get activeTextEditor() {
    return fake.activeFile === undefined ? undefined : { document: { uri: Uri.file(fake.activeFile) } };
  },
  createStatusBarItem: (id: string) => {
    const item = { id, visible: false, show: () => (item.visible = true), hide: () => (item.visible = false), dispose };
    fake.statusItems.push(item);
    return item;
  },
  createTerminal: (options: object) => {
    const terminal = { ...options, shown: 0, show: () => terminal.shown++, disposed: false, dispose: () => {} };
    terminal.dispose = () => void (terminal.disposed = true);
    fake.terminals.push(terminal);
    return terminal;
  },
  createTreeView: (id: string, options: unknown) => {
    const view = new FakeTreeView(id, options);
    fake.treeViews.push(view);
    return view;
  },
  showErrorMessage: message('error'),
  showWarningMessage: message('warning'),
  showInformationMessage: message('information'),
  showQuickPick: (items: readonly unknown[], options: PickOptions = {}) =>
    ask('quickPick', options.title ?? options.placeHolder ?? '', items, options),
  showInputBox: (options: PickOptions = {}) => ask('inputBox', options.title ?? options.prompt ?? '', [], options),
  showTextDocument: async (target: URI | { readonly uri: URI }, options?: unknown) => {
    const { uri } = 'uri' in target ? target : await fake.disk.open(target);
    fake.shownDocuments.push({ path: uri.fsPath, options });
  },
  withProgress: <T>(_options: unknown, work: (progress: unknown, token: unknown) => Promise<T>) =>
    work({ report: () => {} }, new CancellationTokenSource().token),
};

function dispose(): void {}

/** Of one file. */
function fileWatcher(path: string) {
  const subscriptions: Disposable[] = [];
  const only = (events: EventEmitter<string>) => (listener: (uri: URI) => void) => {
    const subscription = events.event((changed) => changed === path && listener(Uri.file(path)));
    subscriptions.push(subscription);
    return subscription;
  };
  return {
    onDidCreate: only(fake.events.created),
    onDidDelete: only(fake.events.deleted),
    dispose: () => subscriptions.forEach((subscription) => subscription.dispose()),
  };
}

export const workspace = {
  get isTrusted() {
    return fake.trusted;
  },
  get workspaceFolders() {
    return fake.folders.length === 0 ? undefined : fake.folders;
  },
  get textDocuments() {
    return [...fake.disk.documents.values()];
  },
  fs: { stat: (uri: URI) => fake.disk.stat(uri), readFile: (uri: URI) => fake.disk.read(uri) },
  /** All files, whatever the pattern. */
  findFiles: () => Promise.resolve([...fake.disk.files.keys()].map((path) => Uri.file(path))),
  createFileSystemWatcher: ({ baseUri, pattern }: RelativePattern) => fileWatcher(`${baseUri.fsPath}/${pattern}`),
  updateWorkspaceFolders: (start: number, gone: number | null, ...added: readonly { uri: URI; name: string }[]) => {
    fake.folders = fake.folders.toSpliced(start, gone ?? 0, ...added.map((folder) => ({ ...folder, index: start })));
    return true;
  },
  openTextDocument: (target: URI | string) => fake.disk.open(target),
  applyEdit: (edit: WorkspaceEdit) => fake.disk.apply(edit),
  getConfiguration: (section: string) => ({
    get: (name: string, fallback?: unknown) => fake.settings.get(`${section}.${name}`) ?? fallback,
  }),
  getWorkspaceFolder: (uri: URI) =>
    fake.folders.find((folder) => uri.fsPath === folder.uri.fsPath || uri.fsPath.startsWith(`${folder.uri.fsPath}/`)),
  asRelativePath: (target: URI | string) => {
    const uri = typeof target === 'string' ? Uri.file(target) : target;
    const folder = workspace.getWorkspaceFolder(uri);
    return folder === undefined ? uri.fsPath : uri.fsPath.slice(folder.uri.fsPath.length + 1);
  },
  onDidChangeConfiguration: (...args: Parameters<typeof fake.events.configuration.event>) =>
    fake.events.configuration.event(...args),
  onDidChangeWorkspaceFolders: (...args: Parameters<typeof fake.events.folders.event>) =>
    fake.events.folders.event(...args),
  onDidGrantWorkspaceTrust: (...args: Parameters<typeof fake.events.trust.event>) => fake.events.trust.event(...args),
  onDidSaveTextDocument: (...args: Parameters<typeof fake.events.saved.event>) => fake.events.saved.event(...args),
};

export const languages = {
  createDiagnosticCollection: () => ({
    set: (uri: URI, list: readonly Diagnostic[]) => void fake.diagnostics.set(uri.fsPath, list),
    delete: (uri: URI) => void fake.diagnostics.delete(uri.fsPath),
    clear: () => fake.diagnostics.clear(),
    forEach: (see: (uri: URI) => void) => [...fake.diagnostics.keys()].forEach((path) => see(Uri.file(path))),
    dispose: () => fake.diagnostics.clear(),
  }),
  registerCodeLensProvider: (_selector: unknown, provider: unknown) => provided('codeLens', provider),
};

export const tasks = {
  registerTaskProvider: (type: string, provider: unknown) => provided(`task:${type}`, provider),
};

export const commands = {
  registerCommand: (command: string, run: (...args: never[]) => unknown) => {
    if (fake.commands.has(command)) throw new Error(`command '${command}' already exists`);
    fake.commands.set(command, run);
    return new Disposable(() => fake.commands.delete(command));
  },
  executeCommand: (command: string, ...args: never[]) => {
    const run = fake.commands.get(command);
    if (run !== undefined) return Promise.resolve(run(...args));
    fake.executed.push({ command, args });
    return Promise.resolve(undefined);
  },
};

export const env = {
  get remoteName() {
    return fake.remoteName;
  },
};

export const extensions = {
  getExtension: (id: string) => (fake.installed.has(id) ? { id } : undefined),
  onDidChange: new EventEmitter<void>().event,
};
