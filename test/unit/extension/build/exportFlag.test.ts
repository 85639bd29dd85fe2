import { expect, it } from 'vitest';
import { parseOutputs } from '../../../../src/client/outputs/outputSpec.ts';
import { exportFlag } from '../../../../src/extension/build/exportFlag.ts';

it.each(['/home/me/out', '/with, a comma', '/a "quoted" name', '/a=b,type=image'])('names %j as it is', (path) => {
  const flags = { push: false, load: false };
  const [folder] = parseOutputs({ ...flags, outputs: [exportFlag('local', path)] }, '/');
  expect(folder!.place).toEqual({ kind: 'folder', path, clear: false });
  const [image] = parseOutputs({ ...flags, outputs: [exportFlag('docker', path)] }, '/');
  expect(image).toMatchObject({ output: { type: 'docker', receive: true }, place: { kind: 'file', path } });
});
