import { access, readFile } from 'node:fs/promises';
import { systemErrorCode } from '../../base/errors.ts';
import type { EndpointPort } from './endpointPort.ts';

/** The machine that this process runs on. */
export const nodeEndpointPort: EndpointPort = {
  platform: process.platform,

  async readText(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  exists(path) {
    return access(path).then(
      () => true,
      // What may not be looked at is there all the same; connecting will say what is wrong.
      (error: unknown) => !isMissing(error),
    );
  },
};

function isMissing(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
