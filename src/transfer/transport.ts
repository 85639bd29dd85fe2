import type { PresyncError } from '../base/errors.ts';

/** A link that carries whole frames in order: the port that `Peer` needs. `WsTransport` is the real one. */
export interface Transport {
  /** Called for every frame, in order. Set before the first one can arrive. */
  onFrame: (frame: Uint8Array) => void;
  /** Called before `onClose` where the link was cut in the midst of a frame, with what has arrived of it. */
  onCut: (start: Uint8Array) => void;
  /** Called once, when the link is gone for any reason. */
  onClose: (why: PresyncError) => void;
  /** Queues a frame. Frames sent after the end are dropped. `onSent`, if it is ever called: the frame was handed over. */
  send(frame: Uint8Array, onSent?: () => void): void;
  /** Resolves when little enough is unsent, or the link is gone. */
  drained(): Promise<void>;
  /** Stops reading, so that the sender is slowed down; and goes on. */
  pause(): void;
  resume(): void;
  /** Closes the link, telling the peer why. */
  close(why?: PresyncError): void;
  /** More was sent than the link has taken: who sends waits for `drained`. */
  readonly congested: boolean;
  /** Bytes of content that a frame should hold, so that others get between on a slow link. */
  readonly frameTarget: number;
}
