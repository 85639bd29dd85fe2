import type { pb } from '../generated/buildkit.js';
import { singleOp } from './definition.ts';

/** In FileAction: no input, so the file system starts empty. */
const emptyInput = -1;

/** An otherwise empty file system with one file at its root, carried in the graph itself: nothing is transferred. */
export function inlineFile(name: string, data: Uint8Array): pb.Definition.$Properties {
  const mkfile = { path: `/${name}`, mode: 0o644, data, timestamp: -1 };
  const action = { input: emptyInput, secondaryInput: emptyInput, output: 0, mkfile };
  return singleOp(
    { file: { actions: [action] } },
    { name: `[internal] load build definition from ${name}`, caps: ['file.base'] },
  );
}
