import { fromText } from '../../base/bytes.ts';
import type { Dockerfile } from '../../context/buildRequest.ts';
import { digestOf } from '../../context/digest.ts';
import type { FileEntry } from '../../context/entry.ts';
import { makeSnapshot } from '../../context/snapshot.ts';
import type { OfferedTree } from '../session/fileSync.ts';
import { TransferRecord } from '../session/transferRecord.ts';

/** The name under which frontends ask for it. */
export const dockerfileSource = 'dockerfile';

/** A tree with a Dockerfile in it and nothing else, for a frontend that asks the session for it. */
export function dockerfileTree({ name, content }: Dockerfile): OfferedTree {
  const file: FileEntry = {
    kind: 'file',
    name: fromText(name),
    mode: 0o644,
    mtime: process.hrtime.bigint(), // a new one each time, so that it is always asked for
    size: content.length,
    digest: digestOf(content),
    chunks: undefined,
  };
  return { tree: makeSnapshot([file]), content: { read: () => once(content) }, record: new TransferRecord() };
}

// eslint-disable-next-line @typescript-eslint/require-await -- an async sequence of what is there already
async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
