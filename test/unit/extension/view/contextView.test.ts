import type { TreeItem } from 'vscode';
import { beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/emitter.ts';
import type { Clock } from '../../../../src/base/time.ts';
import { PresyncError } from '../../../../src/base/errors.ts';
import type { KeptContext } from '../../../../src/extension/contexts/keptContexts.ts';
import type {
  ContextView as SyncView,
  ListedEntry,
  Listing,
  WorkerLink,
} from '../../../../src/extension/link/workerApi.ts';
import { contextCommands } from '../../../../src/extension/view/contextCommands.ts';
import type { ContextNode } from '../../../../src/extension/view/contextNode.ts';
import type { ContextTree } from '../../../../src/extension/view/contextTree.ts';
import { ContextView, refreshInterval } from '../../../../src/extension/view/contextView.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { fake, resetVscode, TreeItemCollapsibleState } from '../../../support/vscode.ts';

const entry = (path: string, rest: Partial<ListedEntry> = {}): ListedEntry => ({
  path,
  kind: 'file',
  files: 1,
  bytes: 0,
  excludedBy: undefined,
  ...rest,
});

const kept = (name: string, snapshot = 's1'): KeptContext => ({
  key: name,
  name,
  source: { folder: `/ws/${name}`, dockerfile: `/ws/${name}/Dockerfile` },
  view: { snapshot, files: 12, bytes: 3_400_000 } as SyncView,
  failure: undefined,
});

/** Folders by `<context folder>:<path>`. */
let listings: Map<string, Listing | PresyncError>;
let contexts: KeptContext[];
let changed: Emitter<void>;
let clock: FakeClock;
let timersRun: number;
/** The clock, counting the timers that run out. */
let counting: Clock;
let view: ContextView;

beforeEach(() => {
  resetVscode();
  clock = new FakeClock();
  timersRun = 0;
  changed = new Emitter();
  contexts = [kept('app')];
  listings = new Map([
    [
      '/ws/app:',
      {
        entries: [
          entry('src', { kind: 'directory', files: 2, bytes: 2000 }),
          entry('README.md', { bytes: 500 }),
          entry('latest', { kind: 'symlink' }),
          entry('node_modules', { kind: 'directory', files: 0, excludedBy: 'node_modules (line 2)' }),
        ],
        omitted: 0,
      },
    ],
    ['/ws/app:src', { entries: [entry('src/a b.ts', { bytes: 2000 })], omitted: 7 }],
  ]);
  const request = (_: string, { source, path }: { source: KeptContext['source']; path: string }) => {
    const listing = listings.get(`${source.folder}:${path}`) ?? new PresyncError('INTERNAL', `no ${path}`);
    return listing instanceof PresyncError ? Promise.reject(listing) : Promise.resolve(listing);
  };
  counting = {
    now: () => clock.now(),
    schedule: (ms, run) => clock.schedule(ms, () => (timersRun++, run())),
  };
  const keptContexts = {
    get all() {
      return contexts;
    },
    onDidChange: changed.event,
  };
  view = new ContextView({ worker: { request } as unknown as WorkerLink, kept: keptContexts, clock: counting });
});

const treeView = () => fake.treeViews[0]!;
const tree = () => (treeView().options as { treeDataProvider: ContextTree }).treeDataProvider;
const children = (node?: ContextNode) => tree().getChildren(node);

/** The items of a folder, as they are read: label and description. */
async function lines(node?: ContextNode): Promise<string[]> {
  return (await children(node)).map((child) => {
    const { label, description } = tree().getTreeItem(child);
    return `${label as string} | ${description as string}`;
  });
}

async function itemOf(label: string): Promise<{ node: ContextNode; item: TreeItem }> {
  const nodes = await children();
  const node = nodes.find((child) => tree().getTreeItem(child).label === label)!;
  return { node, item: tree().getTreeItem(node) };
}

describe('the tree', () => {
  test('of one context begins with what is in it, and names the rules that exclude the rest', async () => {
    expect(await lines()).toEqual([
      'src | 2 files, 2.00kB',
      'README.md | 500B',
      'latest | link',
      'node_modules | excluded by node_modules (line 2)',
    ]);
    expect(treeView().description).toBe('12 files, 3.40MB');
  });

  test('goes on in a folder, and says what it leaves out', async () => {
    const { node, item } = await itemOf('src');
    expect(item.collapsibleState).toBe(TreeItemCollapsibleState.Collapsed);
    expect(await lines(node)).toEqual(['a b.ts | 2.00kB', '… and 7 more | ']);
  });

  test('of several contexts begins with them', async () => {
    contexts = [kept('app'), kept('web')];
    listings.set('/ws/web:', { entries: [], omitted: 0 });
    expect(await lines()).toEqual(['app | 12 files, 3.40MB', 'web | 12 files, 3.40MB']);
    const [app, web] = await children();
    expect((await lines(app))[0]).toBe('src | 2 files, 2.00kB');
    expect(await lines(web)).toEqual(['Nothing is in this build context. | ']);
  });

  test('is empty without a context', async () => {
    contexts = [];
    expect(await children()).toEqual([]);
  });

  test('says in a folder why it cannot be read', async () => {
    const { node } = await itemOf('src');
    listings.set('/ws/app:src', new PresyncError('CONTEXT_UNREADABLE', 'No.', { hint: 'Check it.' }));
    expect(await lines(node)).toEqual(['No. Check it. | ']);
  });

  test('opens a file, and for what is excluded the rule', async () => {
    const file = await itemOf('README.md');
    expect(file.item.command).toMatchObject({ command: 'vscode.open' });
    expect(file.item.resourceUri?.fsPath).toBe('/ws/app/README.md');
    const excluded = await itemOf('node_modules');
    expect(excluded.item.collapsibleState).toBe(TreeItemCollapsibleState.None);
    expect(excluded.item.command).toMatchObject({ command: 'presync.context.openRule', arguments: [excluded.node] });
    expect([file.item.contextValue, excluded.item.contextValue]).toEqual(['presync.included', 'presync.excluded']);
  });

  test('is told to screen readers', async () => {
    const { item } = await itemOf('src');
    expect(item.accessibilityInformation?.label).toBe('src, folder, 2 files, 2.00kB');
  });

  test('has an id for each node that a new listing keeps', async () => {
    const both = [
      entry('a', { kind: 'directory', excludedBy: 'a (line 1)' }),
      entry('a', { kind: 'directory', bytes: 1 }),
    ];
    listings.set('/ws/app:', { entries: both, omitted: 1 });
    const ids = async () => (await children()).map((node) => tree().getTreeItem(node).id);
    const before = await ids();
    expect(new Set(before).size).toBe(3);
    listings.set('/ws/app:', { entries: both.toReversed(), omitted: 1 });
    expect(new Set(await ids())).toEqual(new Set(before));
  });
});

describe('the view', () => {
  let refreshes: number;

  beforeEach(async () => {
    refreshes = 0;
    tree().onDidChangeTreeData(() => {
      refreshes++;
      // As VS Code does.
      if (treeView().visible) void children();
    });
    await children();
  });

  function update(snapshot: string): void {
    contexts = [kept('app', snapshot)];
    changed.emit();
  }

  test('follows the snapshot, many changes at once', async () => {
    update('s2');
    update('s3');
    expect(refreshes).toBe(0);
    await clock.advance(refreshInterval);
    expect(refreshes).toBe(1);
    update('s4');
    await clock.advance(refreshInterval);
    expect(refreshes).toBe(2);
  });

  test('need not be refreshed before it was asked for', async () => {
    resetVscode();
    view = new ContextView({
      worker: {} as WorkerLink,
      kept: { all: contexts, onDidChange: changed.event },
      clock: counting,
    });
    changed.emit();
    await clock.advance(refreshInterval);
    expect(timersRun).toBe(0);
  });

  test('stays as it is while the snapshot does', async () => {
    update('s1');
    await clock.advance(refreshInterval);
    expect(refreshes).toBe(0);
  });

  test('catches up when it is seen again', async () => {
    treeView().setVisible(false);
    update('s2');
    await clock.advance(10 * refreshInterval);
    expect(refreshes).toBe(0);
    treeView().setVisible(true);
    await clock.advance(0);
    expect(refreshes).toBe(1);
  });

  test('ends with all its parts', async () => {
    update('s2');
    view.dispose();
    changed.emit();
    treeView().setVisible(true);
    await clock.advance(refreshInterval);
    expect(timersRun).toBe(0);
    expect(refreshes).toBe(0);
    expect(treeView().disposed).toBe(true);
  });
});

describe('the commands of an entry', () => {
  const run = (name: string, ...args: unknown[]): unknown =>
    contextCommands(view)[`context.${name}`]!(...(args as never[]));

  test('reveal it in the Explorer', async () => {
    await run('reveal', (await itemOf('src')).node);
    expect(fake.executed.map(({ command, args }) => [command, String(args[0])])).toEqual([
      ['revealInExplorer', 'file:///ws/app/src'],
    ]);
  });

  test('exclude all that are selected and not excluded yet', async () => {
    const nodes = await children();
    await run('ignore', nodes[0], nodes);
    expect(fake.disk.files.get('/ws/app/.dockerignore')).toBe('src\nREADME.md\nlatest\n');
  });

  test('exclude one', async () => {
    await run('ignore', (await itemOf('src')).node, undefined);
    expect(fake.disk.files.get('/ws/app/.dockerignore')).toBe('src\n');
  });

  test('open the rule at its line', async () => {
    fake.disk.files.set('/ws/app/.dockerignore', '# x\nnode_modules\n');
    await run('openRule', (await itemOf('node_modules')).node);
    expect(fake.shownDocuments).toMatchObject([
      { path: '/ws/app/.dockerignore', options: { selection: { start: { line: 1 } } } },
    ]);
  });
});
