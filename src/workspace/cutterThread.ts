/** The thread that reads large files: see CutterThreads. The composition root of dist/cutter.js. */
import { parentPort } from 'node:worker_threads';
import { errorMessage, systemErrorCode } from '../base/errors.ts';
import type { CutAnswer, CutOrder } from './cutterThreads.ts';
import { FileCutter } from './fileCutter.ts';
import { ReadBuffer } from './readBuffer.ts';

const buffer = new ReadBuffer();
let cutter: FileCutter;

parentPort?.on('message', ({ file, lent, spent }: CutOrder) => {
  if (file !== undefined) cutter = new FileCutter(file.fd, file.size, buffer);
  for (const memory of spent) buffer.giveBack(memory);
  const answer = cut(lent);
  const bytes = 'slice' in answer ? answer.slice.bytes : undefined;
  parentPort?.postMessage(answer, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
});

function cut(lent: boolean): CutAnswer {
  try {
    return { slice: cutter.next(lent) };
  } catch (thrown) {
    return { failure: { message: errorMessage(thrown), code: systemErrorCode(thrown) } };
  }
}
