import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const repository = join(import.meta.dirname, '../..');
/** What a package is not made of. */
const apart = new Set(['.git', 'node_modules', 'dist', 'out', 'coverage', 'test']);

export interface PackagedExtension {
  readonly vsix: string;
  /** The folder that it was made from, with its bundles. */
  readonly source: string;
}

/**
 * The .vsix as `npm run package` makes it of this repository, made in a copy below `folder`: dist/ keeps the bundles that
 * other tests run.
 */
export async function packageExtension(folder: string): Promise<PackagedExtension> {
  const source = join(folder, 'presync');
  const vsix = join(folder, 'presync.vsix');
  await cp(repository, source, { recursive: true, filter: (path) => !apart.has(relative(repository, path)) });
  await symlink(join(repository, 'node_modules'), join(source, 'node_modules'));
  await promisify(execFile)('npm', ['run', 'package', '--', '--out', vsix], { cwd: source });
  return { vsix, source };
}
