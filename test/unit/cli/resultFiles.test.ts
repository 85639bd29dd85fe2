import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BuildReport } from '../../../src/cli/plannedBuild.ts';
import { clearResultFiles, writeResultFiles } from '../../../src/cli/resultFiles.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const descriptor = { mediaType: 'm', size: 1 };
const metadata = new Map([
  ['containerimage.digest', 'sha256:1'],
  ['containerimage.descriptor', Buffer.from(JSON.stringify(descriptor)).toString('base64')],
  ['number', 'MQ=='],
]);
const built = { name: '', outcome: { result: { imageId: 'sha256:1', metadata } }, tags: ['a:1', 'b:2'] };
const report = { builds: [built] } as unknown as BuildReport;

test('the id without a line end; what the builder told, readable', async () => {
  const folder = temporaryFolder();
  const files = { iidfile: join(folder, 'iid'), metadataFile: join(folder, 'meta') };
  await writeResultFiles(files, report);
  expect(readFileSync(files.iidfile, 'utf8')).toBe('sha256:1');
  expect(JSON.parse(readFileSync(files.metadataFile, 'utf8'))).toEqual({
    'containerimage.digest': 'sha256:1',
    'containerimage.descriptor': descriptor,
    number: 'MQ==',
    'image.name': 'a:1,b:2',
  });
});

test('of several builds, by their names', async () => {
  const metadataFile = join(temporaryFolder(), 'meta');
  const several = [
    { ...built, name: 'a', tags: [] },
    { ...built, name: 'b' },
  ];
  await writeResultFiles({ metadataFile }, { builds: several } as unknown as BuildReport);
  expect(JSON.parse(readFileSync(metadataFile, 'utf8'))).toMatchObject({
    a: { 'containerimage.digest': 'sha256:1' },
    b: { 'image.name': 'a:1,b:2' },
  });
});

test('what an earlier build wrote is gone before the next begins', async () => {
  const iidfile = join(temporaryFolder(), 'iid');
  writeFileSync(iidfile, 'old');
  await clearResultFiles({ iidfile });
  expect(existsSync(iidfile)).toBe(false);
  await clearResultFiles({ iidfile });
});

test('a place that cannot be written is named', async () => {
  await expect(writeResultFiles({ iidfile: '/nowhere/x' }, report)).rejects.toMatchObject({
    code: 'OUTPUT_FAILED',
    message: '/nowhere/x cannot be written (ENOENT).',
  });
});
