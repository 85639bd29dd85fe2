import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { everythingNeeded } from '../../../src/context/needed/needed.ts';
import { momentNs } from '../../../src/workspace/fileTimes.ts';
import type { ProofOrder } from '../../../src/workspace/proofScan.ts';
import { ProofWorker } from '../../../src/workspace/proofWorker.ts';
import { treeBytes } from '../../../src/workspace/treeBytes.ts';
import { launchers, runWorkspace } from '../../support/workspaceProcess.ts';
import { WorkspaceFolder } from '../../support/workspaceFolder.ts';

const scripts = mkdtempSync(join(tmpdir(), 'presync-prover-'));
const script = join(scripts, 'prover.js');

beforeAll(async () => {
  const entryPoints = { prover: 'src/workspace/proofThread.ts' };
  await build({ entryPoints, bundle: true, platform: 'node', target: 'node20', outdir: scripts, logLevel: 'error' });
});
afterAll(() => rmSync(scripts, { recursive: true, force: true }));

function workerOf(program = script): ProofWorker {
  const worker = new ProofWorker(program);
  onTestFinished(() => worker.dispose());
  return worker;
}

async function orderOf(folder: WorkspaceFolder): Promise<ProofOrder> {
  const { snapshot } = await folder.scanner().scan();
  const [rules, needed] = [new Uint8Array(), everythingNeeded('a test')];
  return { root: folder.root, dockerfile: undefined, rules, needed, tree: treeBytes(snapshot), since: momentNs() };
}

describe('the thread that proves', () => {
  test('proves one snapshot after the other', async () => {
    const folder = new WorkspaceFolder({ 'a/f': '1', 'x\u00e9': '2' });
    const worker = workerOf();
    const orders = await Promise.all([orderOf(folder), orderOf(folder), orderOf(folder)]);
    folder.write('x\u00e9', 'changed');
    const proofs = await Promise.all(orders.map((order) => worker.prove({ ...order, since: momentNs() })));
    expect(proofs.map(({ verdict }) => verdict)).toEqual(['missed', 'missed', 'missed']);
    expect(proofs[0]!.paths).toEqual([Buffer.from('x\u00e9').toString('latin1')]);
  });

  test('tells what is wrong with the folder', async () => {
    const folder = new WorkspaceFolder();
    const order = await orderOf(folder);
    rmSync(folder.root, { recursive: true });
    await expect(workerOf().prove(order)).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
  });

  test('can be cancelled, and proves again afterwards', async () => {
    const folder = new WorkspaceFolder({ f: '1' });
    const worker = workerOf();
    const abort = new AbortController();
    const proof = worker.prove(await orderOf(folder), abort.signal);
    setImmediate(() => abort.abort());
    await expect(proof).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await worker.prove(await orderOf(folder))).verdict).toBe('equal');
  });

  test.each([
    ['ends', 'process.exit(1)'],
    ['throws', "setImmediate(() => { throw new Error('boom'); })"],
  ])('that %s fails its proof, and another takes its place', async (_, code) => {
    const program = join(scripts, `${_}.js`);
    writeFileSync(program, `require('node:worker_threads').parentPort.on('message', () => { ${code}; });`);
    const folder = new WorkspaceFolder();
    const worker = workerOf(program);
    await expect(worker.prove(await orderOf(folder))).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(worker.prove(await orderOf(folder))).rejects.toMatchObject({ code: 'INTERNAL' });
    writeFileSync(program, `require(${JSON.stringify(script)});`);
    expect((await worker.prove(await orderOf(folder))).verdict).toBe('equal');
  });

  test('keeps no process alive', async () => {
    const folder = new WorkspaceFolder({ f: '1' });
    const code = `const [root, script] = args;
      const scanner = new workspace.ContextScanner({ root, filter: workspace.includeAll, filterKey: '', cachePath: undefined });
      const tree = workspace.treeBytes((await scanner.scan()).snapshot);
      const worker = new workspace.ProofWorker(script);
      return (await worker.prove({ root, dockerfile: undefined, rules: new Uint8Array(), needed: { all: true, why: '' }, tree, since: 0n })).verdict;`;
    expect(await runWorkspace(launchers.plain, code, folder.root, script)).toBe('equal');
  });
});
