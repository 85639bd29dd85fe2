import type { Path } from '../../context/path.ts';
import { splitPath } from '../../context/path.ts';

/** Names that Windows takes for devices, with or without an extension. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Why a path of Linux cannot be one on this platform, or would mean something else there; undefined for most. */
export function namePlatformProblem(path: Path, platform: NodeJS.Platform): string | undefined {
  if (platform !== 'win32') return undefined;
  for (const name of splitPath(path)) {
    if (/[<>:"\\|?*\x00-\x1f]/.test(name) || /[. ]$/.test(name) || devices.test(name)) {
      return 'has a name that Windows does not know';
    }
  }
  return undefined;
}
