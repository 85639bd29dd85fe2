/** The WebSocket as a Transport. One binary message is one frame. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Disposable } from '../base/disposable.ts';
import { errorMessage, PresyncError } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import { systemClock } from '../base/time.ts';
import { limits } from '../protocol/limits.ts';
import { CutMessage } from './cutMessage.ts';
import { endByReading } from './endByReading.ts';
import { KeepAlive } from './keepAlive.ts';
import type { LinkFlow } from './linkFlow.ts';
import { LocalFlow, RemoteFlow } from './linkFlow.ts';
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

/** Where the other end is: on this machine, or elsewhere. */
export type Reach = 'local' | 'remote';

export interface WsTransportOptions {
  readonly clock?: Clock;
  /** Below the socket. Where it is given, everything that has arrived is told, to the last byte before a cut. */
  readonly stream?: Duplex | undefined;
}

export class WsTransport implements Transport {
  onFrame: (frame: Uint8Array) => void = () => {};
  onCut: (start: Uint8Array) => void = () => {};
  onClose: (why: PresyncError) => void = () => {};
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #flow: LinkFlow;
  readonly #cutMessage: CutMessage | undefined;
  #waiting: (() => void)[] = [];
  #closed = false;
  #cause: unknown;
  readonly #keepAlive: KeepAlive;
  #termination: Disposable | undefined;

  /** @param reach 'local' for a socket that ends on this machine */
  constructor(socket: WebSocket, reach: Reach, { clock = systemClock, stream }: WsTransportOptions = {}) {
    this.#socket = socket;
    if (stream !== undefined) {
      endByReading(stream);
      this.#cutMessage = new CutMessage(stream, limits.chunkFrameBytes);
    }
    this.#clock = clock;
    this.#flow = reach === 'local' ? new LocalFlow(socket) : new RemoteFlow(socket, clock, () => this.#room());
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) return this.close(new PresyncError('PROTOCOL', 'A text frame arrived.'));
      this.onFrame(data);
    });
    socket.on('error', (error) => {
      this.#cause = error;
      // The other end makes no sense, or there was none.
      this.#cutMessage?.forget();
    });
    socket.on('close', () => this.#ended());
    this.#keepAlive = new KeepAlive({
      clock,
      wallClock: () => Date.now(),
      // While it is being opened there is nobody to answer: who dials has a deadline of their own.
      ping: () => socket.readyState === socket.OPEN && socket.ping(),
      onDead: () => this.#dead(),
    });
    for (const sign of ['message', 'ping', 'pong'] as const) socket.on(sign, () => this.#keepAlive.heard());
  }

  send(frame: Uint8Array, onSent?: () => void): void {
    if (this.#closed) return;
    this.#socket.send(frame, () => {
      onSent?.();
      this.#room();
    });
    this.#flow.sent(frame.length);
  }

  get congested(): boolean {
    return !this.#closed && this.#flow.congested;
  }

  get frameTarget(): number {
    return this.#flow.frameTarget;
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

  #dead(): void {
    this.#cause ??= new Error('no answer to a ping');
    this.#socket.terminate();
  }

  #room(): void {
    if (this.congested) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    // A timer that is left would keep a process alive that has nothing more to do.
    this.#keepAlive.dispose();
    this.#termination?.dispose();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    const start = this.#cutMessage?.start;
    if (start !== undefined) this.onCut(start);
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
}

/** Milliseconds that a polite close may take. */
const closeWait = 1000;
