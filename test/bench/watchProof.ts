/** What a proof costs: a scan of everything, in its own thread, of a folder that is what the snapshot says. */
import { join } from 'node:path';
import { everythingNeeded } from '../../src/context/needed/needed.ts';
import { includeAll } from '../../src/workspace/contextFilter.ts';
import { momentNs } from '../../src/workspace/fileTimes.ts';
import { ProofWorker } from '../../src/workspace/proofWorker.ts';
import { ContextScanner } from '../../src/workspace/scanner.ts';
import { treeBytes } from '../../src/workspace/treeBytes.ts';
import { defaultDist } from '../support/presyncCli.ts';
import type { Row } from './report.ts';
import { ms, times } from './report.ts';
import { median, repeat } from './statistics.ts';

/** @param find how long find takes, in milliseconds */
export async function measureProof(root: string, rounds: number, find: number): Promise<Row[]> {
  const scanner = new ContextScanner({ root, filter: includeAll, filterKey: '', cachePath: undefined });
  const { snapshot } = await scanner.scan();
  const worker = new ProofWorker(join(defaultDist, 'prover.js'));
  const rules = new Uint8Array();
  const prove = () => {
    const order = { root, dockerfile: undefined, rules, needed: everythingNeeded('a bench'), since: momentNs() };
    return worker.prove({ ...order, tree: treeBytes(snapshot) });
  };
  // One to start the thread.
  await prove();
  const proofs = await repeat(rounds, prove);
  worker.dispose();
  const equal = proofs.filter(({ verdict }) => verdict === 'equal').length;
  const took = median(proofs.map((proof) => proof.ms));
  return [
    { what: 'proof scan of everything', value: ms(took) },
    { what: '  / find', value: times(took / find), aim: 'at most 2' },
    { what: '  proven equal', value: `${equal}/${proofs.length}` },
  ];
}
