import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DockerApi } from './dockerApi.ts';

/** A new folder that is removed when the calling test has ended. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'presync-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let counter = 0;

/** A name that nobody else uses, for images and folders. */
export function uniqueTag(): string {
  return `presync-test-${process.pid}-${Date.now().toString(36)}-${counter++}`;
}

/** An image name of the calling test's own; the image goes when the test has ended. */
export function temporaryTag(api: DockerApi): string {
  const tag = uniqueTag();
  onTestFinished(() => api.removeImage(tag));
  return tag;
}
