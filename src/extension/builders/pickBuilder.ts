import type { QuickPickItem } from 'vscode';
import { QuickPickItemKind, window } from 'vscode';
import type { FoundBuilder } from '../link/workerApi.ts';
import type { Builder } from './chosenBuilder.ts';
import { defaultBuilder } from './chosenBuilder.ts';

interface BuilderItem extends QuickPickItem {
  readonly builder?: Builder;
}

const typed: BuilderItem = { label: '$(edit) Enter an address…', alwaysShow: true };

/** A docker context of this machine, the default, or an address that the user types. Undefined when the user leaves. */
export async function pickBuilder(found: readonly FoundBuilder[], current: Builder): Promise<Builder | undefined> {
  const mark = (spec: string) => (spec === current.spec ? '$(check) ' : '');
  const usual: BuilderItem = {
    label: `${mark('')}Default`,
    description: 'what docker would use: DOCKER_HOST, the current docker context, the usual sockets',
    builder: defaultBuilder,
  };
  const contexts = found.map(({ spec, name, detail, current: used }): BuilderItem => ({
    label: `${mark(spec)}${name}`,
    description: used ? `${detail} (current docker context)` : detail,
    builder: { spec, name },
  }));
  const heading: BuilderItem = { label: 'Docker contexts', kind: QuickPickItemKind.Separator };
  const items = [usual, ...(contexts.length > 0 ? [heading, ...contexts] : []), separator, typed];
  const picked = await window.showQuickPick(items, {
    title: 'Select Builder',
    placeHolder: `Where images are built. Now: ${current.name}`,
    matchOnDescription: true,
  });
  return picked === typed ? typeBuilder(current) : picked?.builder;
}

const separator: BuilderItem = { label: '', kind: QuickPickItemKind.Separator };

async function typeBuilder(current: Builder): Promise<Builder | undefined> {
  const value = await window.showInputBox({
    title: 'Select Builder',
    prompt: 'unix:///path, npipe:////./pipe/NAME, tcp://host:port or docker-context://NAME',
    value: current.spec,
    validateInput: (text) => (isAddress(text.trim()) ? undefined : 'Write an address such as unix:///run/docker.sock.'),
  });
  const spec = value?.trim();
  return spec === undefined ? undefined : { spec, name: spec };
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z-]*:\/\/\S+$/.test(text);
}
