/** The thread that scans for proofs: see ProofWorker. The composition root of dist/prover.js. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { PresyncError } from '../base/errors.ts';
import type { ProofAnswer } from './proofWorker.ts';
import type { ProofOrder } from './proofScan.ts';
import { proofScan } from './proofScan.ts';
import { ScoutThreads } from './scoutThreads.ts';

// A build runs beside it.
const scouts = new ScoutThreads(join(__dirname, 'scout.js'), 2);

parentPort?.on('message', (order: ProofOrder) => {
  proofScan(order, undefined, scouts).then(
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
