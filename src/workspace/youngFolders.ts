import type { Disposable } from '../base/disposable.ts';
import type { Clock } from '../base/time.ts';
import type { Path } from '../context/path.ts';
import { parentPath } from '../context/path.ts';
import { workspaceLimits } from './limits.ts';

/**
 * Folders that appeared not long ago.
 *
 * A watcher learns of a new folder first and watches it later, and what is made in it meanwhile raises no event. So a
 * folder is young for some turns of the timer: at a barrier, and once when it stops being young, it is hinted at as a
 * whole. Turns and not a time, since a thread that is busy delays the watcher as well. A folder that appears below a
 * young one keeps that young: the watcher is still at work there.
 */
export class YoungFolders implements Disposable {
  readonly #clock: Clock;
  readonly #grown: (folders: Path[]) => void;
  readonly #turns = new Map<Path, number>();
  #timer: Disposable | undefined;

  /** @param grown called with folders that stop being young */
  constructor(clock: Clock, grown: (folders: Path[]) => void) {
    this.#clock = clock;
    this.#grown = grown;
  }

  get all(): Path[] {
    return [...this.#turns.keys()];
  }

  add(folder: Path): void {
    this.#turns.set(folder, workspaceLimits.youngTurns);
    for (let above = parentPath(folder); above !== ''; above = parentPath(above)) {
      if (this.#turns.has(above)) this.#turns.set(above, workspaceLimits.youngTurns);
    }
    this.#timer ??= this.#clock.schedule(workspaceLimits.youngTurn, () => this.#turn());
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#turns.clear();
  }

  #turn(): void {
    const grown: Path[] = [];
    for (const [folder, left] of this.#turns) {
      if (left > 1) this.#turns.set(folder, left - 1);
      else grown.push(folder);
    }
    for (const folder of grown) this.#turns.delete(folder);
    const more = this.#turns.size > 0;
    this.#timer = more ? this.#clock.schedule(workspaceLimits.youngTurn, () => this.#turn()) : undefined;
    if (grown.length > 0) this.#grown(grown);
  }
}
