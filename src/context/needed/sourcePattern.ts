/**
 * A source of COPY or ADD, as BuildKit understands it: a path whose components are names or patterns of Go's
 * filepath.Match. What is below a match belongs to it.
 */
import type { ByteString } from '../../base/bytes.ts';
import { cleanPath } from '../goText.ts';
import type { Name } from '../path.ts';
import { splitPath } from '../path.ts';

export interface SourcePattern {
  /** Clean and relative; '' for the whole context. */
  readonly text: ByteString;
  readonly components: readonly Component[];
}

/** A name, or what names have to match. */
export type Component = Name | RegExp;

/** The pattern of a source; undefined for one whose meaning is not certain here, as `**` or a class of characters. */
export function parseSource(source: ByteString): SourcePattern | undefined {
  // From the root of the context, whatever it begins with, and never out of it.
  const text = cleanPath(`/${source}` as ByteString).slice(1) as ByteString;
  const components: Component[] = [];
  for (const name of splitPath(text)) {
    const component = parseComponent(name);
    if (component === undefined) return undefined;
    components.push(component);
  }
  return { text, components };
}

export function matchesName(component: Component, name: Name): boolean {
  return typeof component === 'string' ? component === name : component.test(name);
}

/** More stars in one name have no use, and take long to compare. */
const mostStars = 4;

function parseComponent(name: Name): Component | undefined {
  if (/[[\]\\]|\*\*/.test(name) || name.split('*').length > mostStars + 1) return undefined;
  if (!/[*?]/.test(name)) return name;
  const source = name
    .replace(/[.+^${}()|]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    // One character, of up to four bytes: a match too many costs a file too many, and no more.
    .replaceAll('?', '[^/]{1,4}');
  return new RegExp(`^${source}$`, 's');
}
