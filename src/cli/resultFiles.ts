/** `--iidfile` and `--metadata-file`: what scripts read about a build. */
import { rm, writeFile } from 'node:fs/promises';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { BuildReport, BuiltTarget } from './plannedBuild.ts';

export interface ResultFiles {
  readonly iidfile?: string | undefined;
  readonly metadataFile?: string | undefined;
}

/** What an earlier build left must not be taken for the result of this one, if it fails. OUTPUT_FAILED. */
export async function clearResultFiles({ iidfile, metadataFile }: ResultFiles): Promise<void> {
  for (const path of [iidfile, metadataFile]) {
    if (path !== undefined) await rm(path, { force: true }).catch((thrown: unknown) => unwritable(path, thrown));
  }
}

/** OUTPUT_FAILED. */
export async function writeResultFiles({ iidfile, metadataFile }: ResultFiles, report: BuildReport): Promise<void> {
  const write = (path: string, text: string) =>
    writeFile(path, text).catch((thrown: unknown) => unwritable(path, thrown));
  const [first, ...others] = report.builds;
  if (iidfile !== undefined) await write(iidfile, first!.outcome.result.imageId);
  if (metadataFile === undefined) return;
  // Of several, as bake has it: by their names.
  const all = Object.fromEntries(report.builds.map((built) => [built.name, metadataOf(built)]));
  const metadata = others.length === 0 && first!.name === '' ? metadataOf(first!) : all;
  await write(metadataFile, `${JSON.stringify(metadata, undefined, 2)}\n`);
}

/** As docker buildx has it: what is JSON in Base64 is shown as what it is. */
function metadataOf({ outcome, tags }: BuiltTarget): Record<string, unknown> {
  const told = [...outcome.result.metadata].map(([key, value]) => [key, readable(value)] as const);
  return { ...Object.fromEntries(told), ...(tags.length > 0 ? { 'image.name': tags.join(',') } : {}) };
}

function readable(value: string): unknown {
  try {
    const json: unknown = JSON.parse(Buffer.from(value, 'base64').toString());
    return typeof json === 'object' && json !== null ? json : value;
  } catch {
    return value;
  }
}

function unwritable(path: string, cause: unknown): never {
  throw new PresyncError('OUTPUT_FAILED', `${path} cannot be written (${systemErrorCode(cause) ?? 'unknown'}).`, {
    hint: 'Name another file.',
    cause,
  });
}
