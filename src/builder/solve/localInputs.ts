import type { BuildJob, BuildSite } from './build.ts';
import type { ExporterResponse } from './solve.ts';
export function refusesInputs(_error: unknown): boolean { return false; }
export function solveFromLocals(_site: BuildSite, _job: BuildJob): Promise<ExporterResponse> { throw new Error('todo'); }
