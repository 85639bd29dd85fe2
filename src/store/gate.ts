/** Lets many in together, or one alone. One at a time may call `alone`. */
export class Gate {
  #inside = 0;
  #closed: Promise<void> | undefined;
  #emptied: () => void = () => {};

  async enter<T>(task: () => Promise<T>): Promise<T> {
    while (this.#closed !== undefined) await this.#closed;
    this.#inside++;
    try {
      return await task();
    } finally {
      this.#inside--;
      if (this.#inside === 0) this.#emptied();
    }
  }

  /** Runs `task` when everybody has left, and lets nobody in before it has ended. */
  async alone<T>(task: () => Promise<T>): Promise<T> {
    let open = (): void => {};
    this.#closed = new Promise((resolve) => (open = resolve));
    try {
      if (this.#inside > 0) await new Promise<void>((resolve) => (this.#emptied = resolve));
      return await task();
    } finally {
      this.#closed = undefined;
      this.#emptied = () => {};
      open();
    }
  }
}
