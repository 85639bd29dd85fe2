import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const script = join(import.meta.dirname, '../../../scripts/workbench');

/** VS Code 1.139, and 1.99, the oldest that Presync supports. */
export const versions = ['newest', 'oldest'] as const;
export type Version = (typeof versions)[number];

/** The folder that scripts/workbench made of a version, by its name. */
export type InstalledVersions = Readonly<Record<Version, string>>;

/** Installs what is missing, which takes a minute or two the first time. Throws with what went wrong. */
export async function installVersions(): Promise<InstalledVersions> {
  const [newest, oldest] = await Promise.all(versions.map(install));
  return { newest: newest!, oldest: oldest! };
}

async function install(version: Version): Promise<string> {
  const { stdout } = await promisify(execFile)(script, ['prepare', version]);
  return stdout.trim();
}
