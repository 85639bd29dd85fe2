import { cancelled, PresyncError } from '../base/errors.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { unexpected } from '../transfer/exchange.ts';

/** What a client says while its build runs: that it is cancelled, and that what was held back may follow. */
export class BuildControl {
  readonly whenGiven: Promise<void>;
  readonly #abort = new AbortController();
  #release: () => void = () => {};
  #given = false;

  constructor(exchange: Exchange) {
    this.whenGiven = new Promise((resolve) => (this.#release = resolve));
    void this.#listen(exchange);
  }

  /** Fires, with the reason, when the client cancels or is gone; after the build's end it does no harm. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whether the client has released the build. */
  get given(): boolean {
    return this.#given;
  }

  /** Ends the build. */
  abort(why: PresyncError): void {
    this.#abort.abort(why);
  }

  async #listen(exchange: Exchange): Promise<void> {
    try {
      for (;;) {
        const message = await exchange.receive({ timeout: Infinity });
        if (message.type === 'cancel') throw cancelled();
        if (message.type !== 'release') throw unexpected(message);
        this.#given = true;
        this.#release();
      }
    } catch (thrown) {
      this.abort(PresyncError.from(thrown));
    }
  }
}
