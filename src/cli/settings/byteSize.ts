import { badField } from '../../context/fieldList.ts';

const powers = ['', 'k', 'm', 'g', 't', 'p'];

/** `64m`, `1.5GiB`, `67108864`: as docker reads sizes (go-units, RAMInBytes), every unit a power of 1024. USAGE. */
export function parseByteSize(flag: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text);
  const bytes = match && Math.floor(Number(match[1]) * 1024 ** powers.indexOf(match[2]!.toLowerCase()));
  if (bytes !== null && Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw badField(flag, text, 'it is no size', 'Write a number and a unit, such as 64m or 1g.');
}
