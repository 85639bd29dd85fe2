import { badField } from '../../context/fieldList.ts';

/** `linux/arm64`, `linux/arm/v7`. What they mean is the builder's business. USAGE for what is none. */
export function parsePlatform(text: string): string {
  if (/^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+){0,2}$/.test(text) && text !== 'local') return text;
  throw badField('platform', text, 'it is no platform', 'Write OS/ARCHITECTURE[/VARIANT], such as linux/arm64.');
}
