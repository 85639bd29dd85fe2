/** How much a link is given at a time. */
import type { WebSocket } from 'ws';
import type { Clock } from '../base/time.ts';
import { limits } from '../protocol/limits.ts';
import { SendWindow } from './sendWindow.ts';

export interface LinkFlow {
  /** More was sent than the link has taken. */
  readonly congested: boolean;
  /** Bytes of content that a frame should hold. */
  readonly frameTarget: number;
  /** A frame of so many bytes was handed to the socket. */
  sent(bytes: number): void;
}

/** A socket of this machine: what it has not taken waits in our own memory. */
export class LocalFlow implements LinkFlow {
  readonly frameTarget = limits.mostFrameTarget;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get congested(): boolean {
    return this.#socket.bufferedAmount > limits.sendBacklogBytes;
  }

  sent(): void {}
}

/** Bytes after which the other end is asked whether they have arrived. */
const askEvery = 8 * 1024;

const totalBytes = 8;

/**
 * A link with a way to go. A ping behind what was sent is answered when that has arrived, and brings back how much that
 * was; so no message of ours is needed, and any WebSocket answers it.
 */
export class RemoteFlow implements LinkFlow {
  readonly #socket: WebSocket;
  readonly #window: SendWindow;
  #unasked = 0;

  /** @param onRoom called whenever there may be room again */
  constructor(socket: WebSocket, clock: Clock, onRoom: () => void) {
    this.#socket = socket;
    this.#window = new SendWindow(clock);
    socket.on('pong', (data: Buffer) => {
      if (data.length !== totalBytes) return;
      this.#window.arrived(Number(data.readBigUInt64LE()));
      onRoom();
    });
  }

  get congested(): boolean {
    return this.#window.full;
  }

  get frameTarget(): number {
    return this.#window.frameTarget;
  }

  sent(bytes: number): void {
    this.#unasked += bytes;
    if (this.#unasked < askEvery) return;
    const total = Buffer.alloc(totalBytes);
    total.writeBigUInt64LE(BigInt(this.#window.add(this.#unasked)));
    this.#unasked = 0;
    this.#socket.ping(total);
  }
}
