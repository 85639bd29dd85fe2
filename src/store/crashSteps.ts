import { crashPoint } from '../base/crashPoint.ts';

/** The steps of a commit and of a collection at which a fault test may kill the process. */
export const storeSteps = [
  'pack-write',
  'pack-fsync',
  'index-append',
  'head-temp',
  'head-fsync',
  'head-rename',
  'head-dir-fsync',
  'collect-copy',
  'collect-drop',
] as const;

export type StoreStep = (typeof storeSteps)[number];

export function storeStep(name: StoreStep): void {
  crashPoint(name);
}
