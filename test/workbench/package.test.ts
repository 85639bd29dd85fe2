import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { Editor } from './support/editor.ts';

const repository = join(import.meta.dirname, '../..');

describe('the package', () => {
  const files = new Map<string, Buffer>();
  let tracked: string[];

  /** What VS Code has of it once it is installed. */
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', 'media'], { cwd: repository });
    tracked = stdout.split('\0').filter((path) => path !== '');
    const editor = new Editor({ installation: inject('vscodes').newest, host: 'unix:///nowhere', vsix: [] });
    try {
      await editor.server.install(inject('vsix'));
      const root = editor.server.extensionFolder('presync.presync');
      for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
        if (statSync(join(root, path)).isFile()) files.set(path, readFileSync(join(root, path)));
      }
    } finally {
      await editor.dispose();
    }
  });

  it('is small', () => {
    expect(statSync(inject('vsix')).size).toBeLessThan(2e6);
  });

  it('has the bundles, the pictures and what the marketplace shows, and nothing else', () => {
    const programs = ['cli', 'cutter', 'daemon', 'extension', 'prover', 'scout', 'worker'].map(
      (name) => `dist/${name}.js`,
    );
    const texts = ['changelog.md', 'LICENSE.txt', 'package.json', 'readme.md'];
    const expected = ['.vsixmanifest', ...programs, 'dist/licences.txt', ...texts, ...tracked];
    expect([...files.keys()].sort()).toEqual(expected.sort());
  });

  it('runs anywhere: nothing native is in it', () => {
    const native = [...files].filter(([, content]) =>
      /^(\x7fELF|MZ|\xcf\xfa\xed\xfe)/.test(content.toString('latin1', 0, 4)),
    );
    expect(native.map(([path]) => path)).toEqual([]);
    expect([...files.keys()].filter((path) => path.endsWith('.node'))).toEqual([]);
  });

  it('shows only pictures that are in it', () => {
    // The marketplace shows them from the repository, by the addresses that the packager made of the paths.
    const readme = files.get('readme.md')!.toString();
    const shown = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)|<img[^>]+src="([^"]+)"/g)].map(
      ([, markdown, html]) => (markdown ?? html)!,
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const address of shown) {
      expect(address).toMatch(/^https:/);
      expect(
        tracked.filter((path) => address.endsWith(`/${path}`)),
        address,
      ).toHaveLength(1);
    }
  });

  it('starts only when VS Code is ready, or for what belongs to it', () => {
    const manifest = JSON.parse(files.get('package.json')!.toString()) as Record<string, unknown>;
    expect(manifest['activationEvents']).toEqual(['onStartupFinished', 'onLanguage:dockerfile', 'onTaskType:presync']);
    expect(manifest).not.toHaveProperty('files');
    expect(manifest).not.toHaveProperty('browser');
    expect(manifest['extensionKind']).toEqual(['workspace']);
  });
});
