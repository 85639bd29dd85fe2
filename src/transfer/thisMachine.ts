import { homedir, tmpdir } from 'node:os';
import type { Machine } from './places.ts';

/** The machine and the user of this process. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    tmp: tmpdir(),
    uid: process.getuid?.(),
  };
}
