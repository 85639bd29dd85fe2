/**
 * `moby.upload.v1.Upload/Pull`: the engine gets what is at `http://buildkit-session/ID` from the session, as a stream of
 * BytesMessages (BuildKit's source/http and session/upload).
 */
import { cancelled, PresyncError } from '../../base/errors.ts';
import type { Methods, ServerCall } from '../grpc/server.ts';
import type { ArchiveSource } from './buildServices.ts';
import { bytesMessage } from './bytesMessage.ts';

/** Where the archive is to a solve of this session. */
export function uploadUrl(sessionId: string): string {
  return `http://buildkit-session/${sessionId}`;
}

/** A session has one archive at most, so whatever is asked for is it. */
export function upload(source: ArchiveSource): Methods {
  const pull = async (call: ServerCall) => {
    const channel = await source.open(call.signal);
    try {
      await channel.end();
      for await (const piece of channel.read()) await call.write(bytesMessage(piece));
    } catch (thrown) {
      await channel.fail(call.signal.aborted ? cancelled() : PresyncError.from(thrown));
      throw thrown;
    }
  };
  return new Map([['/moby.upload.v1.Upload/Pull', pull]]);
}
