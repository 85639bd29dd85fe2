import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageExtension } from '../../support/packageExtension.ts';
import type { InstalledVersions } from './versions.ts';
import { installVersions } from './versions.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of each VS Code. */
    readonly vscodes: InstalledVersions;
    /** The packaged extension. */
    readonly vsix: string;
    /** The folder that it was packaged from. */
    readonly extension: string;
  }
}

/** Once for all workbench tests: the VS Codes, and the extension as users get it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'presync-vsix-'));
  project.provide('vscodes', await installVersions());
  const { vsix, source } = await packageExtension(folder);
  project.provide('vsix', vsix);
  project.provide('extension', source);
  return () => rm(folder, { recursive: true });
}
