/**
 * The WebSocket as a Transport. One binary message is one frame.
 *
 * A link that died without a word (sleep, a pulled cable) is found by pings: each side pings on its own, and a peer
 * that does not answer in time is cut.
 */
import type { WebSocket } from 'ws';
import type { Disposable } from '../base/disposable.ts';
import { errorMessage, PresyncError } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import { systemClock } from '../base/time.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { Transport } from './transport.ts';

/** Options for both ends: no compression by ws, frames bounded before they are buffered, few fragments. */
export const wsOptions = {
  perMessageDeflate: false,
  maxPayload: limits.chunkFrameBytes,
  maxFragments: 64,
  maxBufferedChunks: 64 * 1024,
} as const;

/** RFC 6455 section 7.4: normal, and "policy violation" for anything that we refuse. */
const closeNormal = 1000;
const closeRefused = 1008;

export class WsTransport implements Transport {
  onFrame: (frame: Uint8Array) => void = () => {};
  onClose: (why: PresyncError) => void = () => {};
  bytesSent = 0;
  bytesReceived = 0;
  readonly frameTarget = limits.chunksFrameTarget;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  #waiting: (() => void)[] = [];
  #closed = false;
  #cause: unknown;
  #ping: Disposable | undefined;
  #termination: Disposable | undefined;

  constructor(socket: WebSocket, clock: Clock = systemClock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) return this.close(new PresyncError('PROTOCOL', 'A text frame arrived.'));
      this.bytesReceived += data.length;
      this.onFrame(data);
    });
    socket.on('error', (error) => (this.#cause = error));
    socket.on('close', () => this.#ended());
    this.#keepAlive();
  }

  send(frame: Uint8Array): void {
    if (this.#closed) return;
    this.bytesSent += frame.length;
    this.#socket.send(frame, () => this.#sent());
  }

  get congested(): boolean {
    return !this.#closed && this.#socket.bufferedAmount > limits.sendBacklogBytes;
  }

  drained(): Promise<void> {
    if (!this.congested) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(why?: PresyncError): void {
    if (this.#closed) return;
    if (why !== undefined) this.#cause ??= why;
    // A reason may have 123 bytes; codes are shorter. The message itself is for the log of this side.
    this.#socket.close(why === undefined ? closeNormal : closeRefused, why?.code);
    // ws waits for the peer's answer to a close; a peer that is gone never gives one.
    this.#termination ??= this.#clock.schedule(closeWait, () => this.#socket.terminate());
  }

  #sent(): void {
    if (this.#socket.bufferedAmount > limits.sendBacklogBytes) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    // A timer that is left would keep a process alive that has nothing more to do.
    this.#ping?.dispose();
    this.#termination?.dispose();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    const cause = this.#cause;
    const detail = cause === undefined ? '' : ` (${errorMessage(cause)})`;
    this.onClose(
      cause instanceof PresyncError
        ? cause
        : new PresyncError('LINK_LOST', `The connection to the daemon was lost${detail}.`, {
            hint: 'It is tried again by itself.',
            cause,
          }),
    );
  }

  #keepAlive(): void {
    let answered = true;
    this.#socket.on('pong', () => (answered = true));
    const next = () => {
      if (this.#closed) return;
      if (!answered) {
        this.#cause ??= new Error('no answer to a ping');
        return this.#socket.terminate();
      }
      answered = false;
      this.#socket.ping();
      this.#ping = this.#clock.schedule(timeouts.pongWait, next);
    };
    this.#ping = this.#clock.schedule(timeouts.pingInterval, next);
  }
}

/** Milliseconds that a polite close may take. */
const closeWait = 1000;
