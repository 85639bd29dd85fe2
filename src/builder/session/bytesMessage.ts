import { varintLength, writeVarint } from '../diffcopy/varint.ts';
import { frameHeaderBytes, writeFrameHeader } from '../grpc/framing.ts';

/** The tag of BytesMessage.data. */
const dataTag = 0x0a;

/** A framed BytesMessage, which several services carry bytes in: `bytes data = 1`. */
export function bytesMessage(data: Uint8Array): Buffer {
  const headerLength = 1 + varintLength(data.length);
  const message = Buffer.allocUnsafe(frameHeaderBytes + headerLength + data.length);
  writeFrameHeader(message, 0, headerLength + data.length);
  message[frameHeaderBytes] = dataTag;
  writeVarint(message, frameHeaderBytes + 1, data.length);
  message.set(data, frameHeaderBytes + headerLength);
  return message;
}
