/**
 * `moby.filesync.v1.FileSync/DiffCopy`: the engine asks for the files of a local source.
 *
 * The request's metadata says which: `dir-name` is the source's name, `exclude-patterns`, `include-patterns` and
 * `followpaths` are its patterns. The whole tree is always offered: a copy that was narrowed by one build would have to
 * be sent again for the next.
 */
import { isAbortError, PresyncError } from '../../base/errors.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import type { ContentReader } from '../contentReader.ts';
import { sendTree } from '../diffcopy/treeSender.ts';
import type { Metadata } from '../grpc/metadata.ts';
import type { MethodHandler, Methods } from '../grpc/server.ts';
import { CallError } from '../grpc/server.ts';
import { grpcCodes } from '../grpc/status.ts';
import type { TransferRecord } from './transferRecord.ts';

const diffCopyMethod = '/moby.filesync.v1.FileSync/DiffCopy';

export interface OfferedTree {
  readonly tree: Snapshot;
  readonly content: ContentReader;
  readonly record: TransferRecord;
}

/** Which tree a request means; undefined refuses it. */
export type TreeChooser = (metadata: Metadata) => OfferedTree | undefined;

export function fileSync(choose: TreeChooser): Methods {
  const diffCopy: MethodHandler = async (call) => {
    const offered = choose(call.metadata);
    if (offered === undefined) throw new CallError(grpcCodes.notFound, 'No such build context is offered here.');
    const { tree, content, record } = offered;
    record.transferStarted();
    try {
      await sendTree(call, tree, content, record);
    } catch (error) {
      if (!isAbortError(error)) record.transferFailed(PresyncError.from(error));
      throw error;
    }
  };
  return new Map([[diffCopyMethod, diffCopy]]);
}
