import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contextCommands } from '../../../src/extension/view/contextCommands.ts';

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

interface Step {
  readonly completionEvents: readonly string[];
  readonly media: { readonly svg: string };
}

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const { icon, contributes } = JSON.parse(text) as Manifest;
const commands = new Set(contributes.commands.map(({ command }) => command));

describe('package.json', () => {
  test('names pictures that are there', () => {
    const pictures = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    expect(pictures).toHaveLength(4);
    for (const picture of [icon, ...pictures]) expect(existsSync(join(root, picture)), picture).toBe(true);
  });

  test('has an icon of the size that the marketplace wants', () => {
    const png = readFileSync(join(root, icon));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([128, 128]);
  });

  test('offers only commands that it contributes', () => {
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    const inTexts = [...text.matchAll(/command:(presync\.[\w.]+)/g)].map(([, command]) => command!);
    expect(inTexts.length).toBeGreaterThan(2);
    for (const command of [...inMenus, ...inTexts]) expect(commands, command).toContain(command);
  });

  test('offers Build This Dockerfile in the palette where the editor’s menu does', () => {
    const whenOf = (menu: string) =>
      contributes.menus[menu]!.find(({ command }) => command === 'presync.buildThisDockerfile')?.when;
    expect(whenOf('commandPalette')).toBe(whenOf('editor/context'));
    expect(whenOf('commandPalette')).toContain('editorLangId == dockerfile');
  });

  test('ticks no step of the walkthrough for a command of ours that was only tried', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap((step) => step.completionEvents));
    expect(events).toContain('onContext:presync.hasBuilt');
    expect(events.filter((event) => event.startsWith('onCommand:presync.'))).toEqual([]);
  });

  test('contributes the commands of the view of build contexts, outside of the palette', () => {
    const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false');
    for (const name of Object.keys(contextCommands({ refresh: () => {} }))) {
      expect(commands).toContain(`presync.${name}`);
      expect(hidden.map(({ command }) => command)).toContain(`presync.${name}`);
    }
  });
});

test('the walkthrough’s pictures are as VS Code allows: no styles, which its content policy blocks', () => {
  for (const { media } of contributes.walkthroughs[0]!.steps) {
    const svg = readFileSync(join(root, media.svg), 'utf8');
    expect(svg).not.toMatch(/<style|style=|<script|href/);
    expect(svg).toContain('var(--vscode-');
  }
});
