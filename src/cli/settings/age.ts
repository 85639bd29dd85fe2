import { badField } from '../../context/fieldList.ts';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90m`, `24h`, `7d` in whole seconds. USAGE. */
export function parseAge(flag: string, text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text) ?? [];
  const age = Math.floor(Number(digits) * units[unit]!);
  if (Number.isSafeInteger(age)) return age;
  throw badField(flag, text, 'it is no age', 'Write a number and a unit, such as 24h or 7d.');
}
