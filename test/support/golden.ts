import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/**
 * Compares a text with a file that is reviewed like code. `UPDATE_GOLDEN=1` writes the file instead.
 * Control characters are made visible: ESC as ␛.
 */
export function expectGolden(directory: string, name: string, text: string): void {
  const path = join(directory, name);
  const visible = text.replaceAll('\x1b', '␛');
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, visible);
  expect(visible).toBe(readFileSync(path, 'utf8'));
}
