import { PresyncError } from '../base/errors.ts';

/** The name of an enum's number; PROTOCOL for a number that we do not know. */
export function named<K extends string>(numbers: Readonly<Record<K, number>>, wanted: number): K {
  for (const [name, number] of Object.entries(numbers)) if (number === wanted) return name as K;
  throw new PresyncError('PROTOCOL', `The value ${wanted} is not known.`);
}
