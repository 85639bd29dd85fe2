import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import type { Path } from '../context/path.ts';

/** What may have changed: these paths and all below those that are folders, or who knows. */
export type ChangeHint = { readonly paths: readonly Path[] } | { readonly everything: true; readonly why: string };

/** Watches one folder. Events are hints: a scan says what is true. */
export interface Watcher extends Disposable {
  /** Hints come as soon as the system tells; gathering them is the listener's business. */
  readonly onDidChange: Event<ChangeHint>;
  /** Resolves when every later change is seen. */
  readonly ready: Promise<void>;
  /** Resolves when every change made before the call has been hinted at. */
  barrier(signal?: AbortSignal): Promise<void>;
  /** Why changes are only found by looking again and again; undefined while watching works. */
  readonly degraded: string | undefined;
}
