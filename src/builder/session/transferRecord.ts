import type { PresyncError } from '../../base/errors.ts';
import type { BuilderTransfer } from '../../context/buildEvent.ts';
import type { TransferListener } from '../diffcopy/treeSender.ts';

const nothingMoved: BuilderTransfer = { diffCopies: 0, files: 0, bytes: 0 };

/** What has crossed sessions on behalf of somebody. */
export class TransferRecord implements TransferListener {
  #total = nothingMoved;
  #failure: PresyncError | undefined;

  get total(): BuilderTransfer {
    return this.#total;
  }

  /** What came since `earlier`, a `total` of this record. */
  since(earlier: BuilderTransfer): BuilderTransfer {
    return {
      diffCopies: this.#total.diffCopies - earlier.diffCopies,
      files: this.#total.files - earlier.files,
      bytes: this.#total.bytes - earlier.bytes,
    };
  }

  transferStarted(): void {
    this.#failure = undefined;
    this.#add({ ...nothingMoved, diffCopies: 1 });
  }

  fileRequested(): void {
    this.#add({ ...nothingMoved, files: 1 });
  }

  contentSent(bytes: number): void {
    this.#add({ ...nothingMoved, bytes });
  }

  /** A transfer failed on our side: the engine will only say that it did. */
  transferFailed(error: PresyncError): void {
    this.#failure = error;
  }

  /** Why the last transfer failed, unless the engine ended it. Told once. */
  takeFailure(): PresyncError | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  #add(moved: BuilderTransfer): void {
    this.#total = {
      diffCopies: this.#total.diffCopies + moved.diffCopies,
      files: this.#total.files + moved.files,
      bytes: this.#total.bytes + moved.bytes,
    };
  }
}
