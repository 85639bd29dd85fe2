/**
 * The proof of a snapshot: a scan that began after the last of its contents was read finds the folder to be just that.
 *
 * What the snapshot's own scan recorded serves as stat cache, so only what has another key is read. Where the folder
 * is not equal, ctime tells what was missed from what has changed since: no program can choose it.
 */
import { basename, join } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText } from '../base/bytes.ts';
import { ByteReader } from '../base/byteReader.ts';
import { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import { ContextRules } from '../context/needed/contextRules.ts';
import type { Needed } from '../context/needed/needed.ts';
import type { Path } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import type { Proof } from '../context/proof.ts';
import { readIgnoreFile } from './contextFiles.ts';
import type { Difference } from './differences.ts';
import { differences } from './differences.ts';
import { fileSystemAt } from './fileSystem.ts';
import { workspaceLimits } from './limits.ts';
import { nativePath, statPath } from './safeOpen.ts';
import type { Scouts } from './scanner.ts';
import { ContextScanner } from './scanner.ts';
import { readTree } from './treeBytes.ts';

/** All that a proof needs. Survives structured cloning. */
export interface ProofOrder {
  /** Canonical and absolute. */
  readonly root: string;
  /** As for `readIgnoreFile`. */
  readonly dockerfile: string | undefined;
  /** The content of the ignore file that the snapshot follows; empty for none. */
  readonly rules: Uint8Array;
  /** What of the rest the snapshot is limited to. */
  readonly needed: Needed;
  /** The snapshot as its scanner knows it: see treeBytes.ts. */
  readonly tree: Uint8Array;
  /** When the build was asked for: see `momentNs`. */
  readonly since: bigint;
}

export interface Prover {
  /** The order's tree is handed over, and gone afterwards. Throws what a scan throws; INTERNAL, CANCELLED. */
  prove(order: ProofOrder, signal?: AbortSignal): Promise<Proof>;
}

/** Scans. Throws what a scan throws. */
export async function proofScan(order: ProofOrder, signal?: AbortSignal, scouts?: Scouts): Promise<Proof> {
  const started = performance.now();
  const root = fromText(order.root);
  const found = [...(await compare(order, root, signal, scouts))];
  // A server's clock may be ahead of ours: what is in doubt was there before.
  const since = order.since + BigInt(fileSystemAt(nativePath(root)).clockError) * 1_000_000n;
  const missed = found.filter(({ changed }) => changed <= since);
  const [verdict, all] =
    missed.length > 0 ? (['missed', missed] as const) : ([found.length > 0 ? 'moved' : 'equal', found] as const);
  const paths = all.slice(0, workspaceLimits.namedDifferences).map(({ path }) => path);
  return { verdict, paths, count: all.length, ms: performance.now() - started };
}

/** Where the folder is not what the snapshot says. */
async function compare(
  order: ProofOrder,
  root: ByteString,
  signal?: AbortSignal,
  scouts?: Scouts,
): Promise<Iterable<Difference>> {
  const { dockerfile, rules } = order;
  const ignoreFile = await readIgnoreFile(dockerfile, order.root);
  if (Buffer.compare(ignoreFile?.content ?? noRules, rules) !== 0) {
    const path = ignoreFile?.path ?? join(order.root, '.dockerignore');
    return [{ path: fromText(basename(path)), changed: changeOf(fromText(path)) ?? changeOf(root) ?? never }];
  }
  const built = readTree(new ByteReader(order.tree));
  const ignore = rules.length === 0 ? IgnoreRules.none : IgnoreRules.parse(rules);
  const filter = new ContextRules(ignore, order.needed);
  const options = { root: order.root, filter, filterKey: '', cachePath: undefined, known: built, scouts };
  const scanner = new ContextScanner(options);
  const { snapshot, problems } = await scanner.scan(signal);
  return [...unread(root, problems), ...differences(built, snapshot, changeOf(root) ?? never)];
}

/** What could not be read this time, so that nobody knows whether it is equal. */
function* unread(root: ByteString, problems: readonly Problem[]): Generator<Difference> {
  for (const { path, kind } of problems) {
    if (kind === 'special') continue;
    // What never rests has changed since, whenever it was looked at.
    const changed = kind === 'busy' ? undefined : changeOf(`${root}/${path}` as Path);
    yield { path, changed: changed ?? never };
  }
}

/** When something was changed last; undefined for what is not to be found. */
function changeOf(path: ByteString): bigint | undefined {
  try {
    return statPath(nativePath(path))?.ctimeNs;
  } catch {
    return undefined;
  }
}

const noRules = new Uint8Array();
/** Later than every moment. */
const never = 2n ** 63n;
