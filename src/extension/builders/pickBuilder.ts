import type { QuickPickItem } from 'vscode';
import { QuickPickItemKind, window } from 'vscode';
import type { FoundBuilder } from '../link/workerApi.ts';
import type { Builder } from './chosenBuilder.ts';
import { defaultBuilder } from './chosenBuilder.ts';

interface BuilderItem extends QuickPickItem {
  readonly builder?: Builder;
}

const typed: BuilderItem = { label: '$(edit) Enter an Address…', alwaysShow: true };

/**
 * A docker context of this machine, what docker would choose, or an address that the user types. The one in use has a
 * tick. Undefined when the user leaves.
 */
export async function pickBuilder(found: readonly FoundBuilder[], current: Builder): Promise<Builder | undefined> {
  const mark = (spec: string) => (spec === current.spec ? '$(check) ' : '');
  // Not "Default": the docker CLI has a context of that name, which is something else.
  const usual: BuilderItem = {
    label: `${mark('')}Automatic`,
    description: 'as docker itself chooses: DOCKER_HOST, the current docker context, the usual sockets',
    builder: defaultBuilder,
  };
  const contexts = found.map(({ spec, name, detail, current: used }): BuilderItem => ({
    label: `${mark(spec)}${name}`,
    description: used ? `${detail} (current docker context)` : detail,
    builder: { spec, name },
  }));
  const isListed = [defaultBuilder, ...found].some(({ spec }) => spec === current.spec);
  const address: BuilderItem = { label: `${mark(current.spec)}${current.name}`, builder: current };
  const items = [
    usual,
    ...(contexts.length > 0 ? [heading('Docker contexts'), ...contexts] : []),
    heading('Addresses'),
    ...(isListed ? [] : [address]),
    typed,
  ];
  const picked = await window.showQuickPick(items, {
    title: 'Select Builder',
    placeHolder: `Where images are built. Now: ${current.name}`,
    matchOnDescription: true,
  });
  return picked === typed ? typeBuilder(current) : picked?.builder;
}

function heading(label: string): BuilderItem {
  return { label, kind: QuickPickItemKind.Separator };
}

async function typeBuilder(current: Builder): Promise<Builder | undefined> {
  const value = await window.showInputBox({
    title: 'Select Builder',
    prompt: 'unix:///path, ssh://user@host, tcp://host:port, npipe:////./pipe/NAME or docker-context://NAME',
    value: current.spec,
    validateInput: (text) => (isAddress(text.trim()) ? undefined : 'Write an address such as ssh://user@host.'),
  });
  const spec = value?.trim();
  return spec === undefined ? undefined : { spec, name: spec };
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z-]*:\/\/\S+$/.test(text);
}
