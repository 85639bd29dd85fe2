/**
 * `moby.filesync.v1.FileSend/DiffCopy`: the engine sends the result of a build, as a stream of BytesMessages. It is done
 * when the call has ended well.
 */
import { cancelled, PresyncError } from '../../base/errors.ts';
import { moby } from '../generated/buildkit.js';
import type { MethodHandler, Methods } from '../grpc/server.ts';
import type { ByteChannel, OutputSink } from './buildServices.ts';

const { BytesMessage } = moby.buildkit.v1;

/** The method for the solve whose result is the `index`th output. */
export function fileSend(sink: OutputSink, index: number): Methods {
  const diffCopy: MethodHandler = async (call) => {
    const channel = await sink.open(index, call.signal);
    await pour(bytesOf(call.messages), channel, call.signal);
  };
  return new Map([['/moby.filesync.v1.FileSend/DiffCopy', diffCopy]]);
}

/** Sends all of it, as slowly as it is taken, and waits until it is in its place. A failure of either side fails both. */
export async function pour(
  source: AsyncIterable<Uint8Array>,
  channel: ByteChannel,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const bytes of source) await channel.write(bytes);
    await channel.end();
    for await (const _ of channel.read()) {
      throw new PresyncError('PROTOCOL', 'A client answered a result with bytes.');
    }
  } catch (thrown) {
    await channel.fail(signal.aborted ? cancelled() : PresyncError.from(thrown));
    throw thrown;
  }
}

async function* bytesOf(messages: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const message of messages) yield BytesMessage.decode(message).data;
}
