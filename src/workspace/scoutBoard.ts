/**
 * What a walk and its scouts tell each other, in memory that they share. Folders are numbered as `writeTree` writes them,
 * which is the order of the walk:
 *
 *     i32    the folder from which on the scouts have taken everything, or more
 *     i32    the folder that the walk has come to
 *     u8[]   for each folder, 1 when a scout found it as it was
 */
export class ScoutBoard {
  readonly memory: SharedArrayBuffer;
  readonly #turn: Int32Array;
  readonly #asKnown: Uint8Array;

  private constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#turn = new Int32Array(memory, 0, 2);
    this.#asKnown = new Uint8Array(memory, headLength);
  }

  static for(folders: number): ScoutBoard {
    const board = new ScoutBoard(new SharedArrayBuffer(headLength + folders));
    Atomics.store(board.#turn, 0, folders);
    return board;
  }

  static in(memory: SharedArrayBuffer): ScoutBoard {
    return new ScoutBoard(memory);
  }

  /** The next folder for a scout, from the end; undefined when the walk has come there. */
  take(): number | undefined {
    const folder = Atomics.sub(this.#turn, 0, 1) - 1;
    return folder > Atomics.load(this.#turn, 1) ? folder : undefined;
  }

  markAsKnown(folder: number): void {
    Atomics.store(this.#asKnown, folder, 1);
  }

  /** The walk has come to a folder. Whether a scout found it as it was. */
  arrive(folder: number): boolean {
    Atomics.store(this.#turn, 1, folder);
    return Atomics.load(this.#asKnown, folder) === 1;
  }
}

const headLength = 8;
