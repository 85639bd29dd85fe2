import type { PresyncError } from '../../base/errors.ts';
import type { BuilderTransfer } from '../../context/buildEvent.ts';
import { nothingTransferred, sumTransfers, transferSince } from '../../context/builderTransfer.ts';
import type { TransferListener } from '../diffcopy/treeSender.ts';

/** What has crossed sessions on behalf of somebody. */
export class TransferRecord implements TransferListener {
  #total = nothingTransferred;
  #failure: PresyncError | undefined;

  get total(): BuilderTransfer {
    return this.#total;
  }

  /** What came since `earlier`, a `total` of this record. */
  since(earlier: BuilderTransfer): BuilderTransfer {
    return transferSince(this.#total, earlier);
  }

  transferStarted(): void {
    this.#failure = undefined;
    this.#add({ ...nothingTransferred, diffCopies: 1 });
  }

  fileRequested(): void {
    this.#add({ ...nothingTransferred, files: 1 });
  }

  contentSent(bytes: number): void {
    this.#add({ ...nothingTransferred, bytes });
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
    this.#total = sumTransfers([this.#total, moved]);
  }
}
