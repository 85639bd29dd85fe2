/** The thread that scans for proofs: see ProofWorker. The composition root of dist/prover.js. */
import { parentPort } from 'node:worker_threads';
import { PresyncError } from '../base/errors.ts';
import type { ProofAnswer } from './proofWorker.ts';
import type { ProofOrder } from './proofScan.ts';
import { proofScan } from './proofScan.ts';

parentPort?.on('message', (order: ProofOrder) => {
  proofScan(order).then(
    (proof) => answer({ proof }),
    (thrown: unknown) => {
      const { code, message, hint } = PresyncError.from(thrown);
      answer({ error: { code, message, hint } });
    },
  );
});

function answer(message: ProofAnswer): void {
  parentPort?.postMessage(message);
}
