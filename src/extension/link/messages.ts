/** What crosses the port between two threads. Everything survives structured cloning. */
import type { PlainError } from './workerApi.ts';

export interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

export interface Cancel {
  readonly cancel: number;
}

export type Answer =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: PlainError };

export interface Told {
  readonly event: string;
  readonly payload: unknown;
}

/** Nothing more is asked: the other side ends when it has put its things in order. */
export interface Goodbye {
  readonly goodbye: true;
}

export type ToAnswerer = Request | Cancel | Goodbye;
export type ToCaller = Answer | Told;

/** What can be asked: parameters and result of each method. */
export type Methods<M> = { [K in keyof M]: { params: unknown; result: unknown } };
