/** What a workspace that is not trusted, or whose settings are hostile, may bring about: nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from 'vscode';
import { beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../../src/base/emitter.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { BuildRunner } from '../../../src/extension/build/buildRunner.ts';
import type { BuildTerminal } from '../../../src/extension/build/buildTerminal.ts';
import { Agreement } from '../../../src/extension/contexts/agreement.ts';
import { Consent } from '../../../src/extension/contexts/consent.ts';
import { WindowContexts } from '../../../src/extension/contexts/windowContexts.ts';
import type { KeptContexts } from '../../../src/extension/contexts/keptContexts.ts';
import type { ContextSource } from '../../../src/extension/link/workerApi.ts';
import { Settings } from '../../../src/extension/settings.ts';
import { Messages } from '../../../src/extension/messages.ts';
import { BuildTaskProvider } from '../../../src/extension/tasks/buildTaskProvider.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { MapMemory } from '../../support/mapMemory.ts';
import type { CustomExecution } from '../../support/vscode.ts';
import { fake, resetVscode, Uri } from '../../support/vscode.ts';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
  };
}

const text = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
const { capabilities, contributes } = JSON.parse(text) as Manifest;

/** Settings with which a workspace can do no more than annoy. */
const harmless = [
  'presync.proof',
  'presync.saveBeforeBuild',
  'presync.codeLens',
  'presync.diagnostics.buildkitWarnings',
];

describe('package.json', () => {
  test('lets a workspace choose neither the daemon nor anything else that files are sent to', () => {
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
      if (harmless.includes(name)) continue;
      expect(scope === 'machine' || restrictedConfigurations.includes(name), name).toBe(true);
    }
    expect(contributes.configuration.properties['presync.daemon']).toMatchObject({ scope: 'machine' });
  });

  test('offers what reads, sends or builds only where the workspace is trusted or was agreed to', () => {
    // These show what is known, or end what runs.
    const inert = /^presync\.(cancelBuild|showLog|context\.\w+)$/;
    const offered = contributes.commands.filter(({ command }) => !inert.test(command));
    expect(offered.length).toBeGreaterThan(10);
    for (const { command, enablement = '' } of offered) {
      expect(enablement, command).toMatch(/^(isWorkspaceTrusted|presync\.optedIn)\b/);
      expect(enablement, command).not.toContain('||');
    }
  });
});

describe('a window', () => {
  const app = { folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' };
  const here = { builder: '', daemon: '' };
  let consent: Consent;
  let wanted: readonly ContextSource[][];
  let contexts: WindowContexts;

  beforeEach(async () => {
    resetVscode();
    fake.folders = [{ uri: Uri.file('/ws/app'), name: 'app', index: 0 }] as unknown as typeof fake.folders;
    consent = new Consent(new MapMemory());
    const sets: ContextSource[][] = [];
    wanted = sets;
    const kept = {
      all: [],
      setPaused: () => {},
      set: (sources: ContextSource[]) => void sets.push(sources),
      setWithoutDockerfile: () => {},
    };
    const ports = { consent, kept: kept as unknown as KeptContexts, settings: new Settings(), destination: () => here };
    contexts = new WindowContexts(ports);
    await consent.give(app, here);
  });

  test('keeps nothing in sync without trust, whatever was agreed to, and begins when trust is given', async () => {
    fake.trusted = false;
    await contexts.refresh();
    expect(wanted).toEqual([[]]);
    fake.trusted = true;
    fake.events.trust.fire();
    await contexts.sources();
    expect(wanted.at(-1)).toEqual([app]);
  });

  test('keeps nothing that was not agreed to for this very place, whatever the settings name', async () => {
    fake.trusted = true;
    await consent.withdraw(app);
    fake.settings.set('presync.contexts', [{ dockerfile: 'Dockerfile' }]);
    await contexts.refresh();
    expect(wanted).toEqual([[]]);
    await consent.give(app, { builder: 'tcp://elsewhere:2376', daemon: '' });
    await contexts.refresh();
    expect(wanted.at(-1)).toEqual([]);
  });

  test('keeps nothing that lies outside of its folders', async () => {
    fake.trusted = true;
    await consent.give({ folder: '/ws/other', dockerfile: '/ws/other/Dockerfile' }, here);
    await contexts.refresh();
    expect(wanted.at(-1)).toEqual([app]);
  });
});

test('a task of a workspace that is not trusted asks the worker for nothing, and its terminal says why', async () => {
  resetVscode();
  fake.addFolder('/ws');
  fake.disk.files.set('/ws/Dockerfile', 'FROM x\n');
  fake.trusted = false;
  const asked: string[] = [];
  const worker = { request: (method: string) => (asked.push(method), Promise.reject(new Error())) };
  const destination = () => ({ builder: '', daemon: '' });
  const consent = new Consent(new MapMemory());
  await consent.give({ folder: '/ws', dockerfile: '/ws/Dockerfile' }, destination());
  const nothing = () => Promise.resolve();
  const ports = { worker, consent, destination, builderName: () => '', readDockerfile: nothing, ignore: nothing };
  const agreement = new Agreement({ ...ports, messages: new Messages(silentLogger) });
  const runner = new BuildRunner({
    worker,
    destination,
    onProgress: new Emitter<never>().event,
    proof: () => 'concurrent',
    prepare: ({ source }, signal) => agreement.build(source, signal),
  });
  const sources = () => Promise.resolve([{ folder: '/ws', dockerfile: '/ws/Dockerfile' }]);
  const provider = new BuildTaskProvider({ sources, runner, clock: new FakeClock() });
  const [task] = (await provider.provideTasks()) as [Task];
  const { callback } = task.execution as unknown as CustomExecution;
  const terminal = (await callback(task.definition)) as BuildTerminal;
  let shown = '';
  terminal.onDidWrite((text) => (shown += text));
  terminal.open();
  await settle();
  expect(shown).toContain('ERROR: This workspace is not trusted');
  expect(asked).toEqual([]);
});
