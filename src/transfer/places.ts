/** Where Presync keeps things on a machine, by its conventions: pure functions of the environment. */
import { posix, win32 } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly tmp: string;
  /** undefined on Windows. */
  readonly uid: number | undefined;
}

/** Sockets, cookies and other things of this boot. Private to the user; see `openRunDirectory`. */
export function runDirectory(machine: Machine): string {
  const path = pathOf(machine);
  const runtime = machine.env['XDG_RUNTIME_DIR'];
  if (machine.platform === 'win32') return path.join(localAppData(machine), 'presync', 'run');
  return runtime ? path.join(runtime, 'presync') : path.join(machine.tmp, `presync-${machine.uid ?? 'user'}`);
}

/** The daemon's store. */
export function dataDirectory(machine: Machine): string {
  const path = pathOf(machine);
  const own = machine.env['XDG_DATA_HOME'];
  if (own) return path.join(own, 'presync');
  if (machine.platform === 'win32') return path.join(localAppData(machine), 'presync', 'data');
  if (machine.platform === 'darwin') return path.join(machine.home, 'Library', 'Application Support', 'presync');
  return path.join(machine.home, '.local', 'share', 'presync');
}

/** In the data directory: where a daemon that listens on TCP keeps its token, and a client of the same user finds it. */
export const tokenFileName = 'token';

/** The client's stat caches. Its loss only costs time. */
export function cacheDirectory(machine: Machine): string {
  const path = pathOf(machine);
  const own = machine.env['XDG_CACHE_HOME'];
  if (own) return path.join(own, 'presync');
  if (machine.platform === 'win32') return path.join(localAppData(machine), 'presync', 'cache');
  if (machine.platform === 'darwin') return path.join(machine.home, 'Library', 'Caches', 'presync');
  return path.join(machine.home, '.cache', 'presync');
}

function localAppData(machine: Machine): string {
  return machine.env['LOCALAPPDATA'] ?? win32.join(machine.home, 'AppData', 'Local');
}

function pathOf(machine: Machine) {
  return machine.platform === 'win32' ? win32 : posix;
}
