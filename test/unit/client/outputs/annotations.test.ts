import { describe, expect, it, test } from 'vitest';
import { withAnnotations } from '../../../../src/client/outputs/annotations.ts';
import { parseOutputs } from '../../../../src/client/outputs/outputSpec.ts';

const outputs = (...flags: string[]) => parseOutputs({ outputs: flags, push: false, load: false }, '/');

describe('annotations', () => {
  test.each([
    ['a.b=c=d', { 'annotation.a.b': 'c=d' }],
    ['index:a=b', { 'annotation-index.a': 'b' }],
    ['index,manifest:a=b', { 'annotation-index.a': 'b', 'annotation-manifest.a': 'b' }],
    ['manifest-descriptor[linux/arm64]:a=b: c', { 'annotation-manifest-descriptor[linux/arm64].a': 'b: c' }],
  ])('%s', (flag, attributes) => {
    const [spec] = withAnnotations([], [flag]);
    expect(spec).toMatchObject({ output: { type: 'image', receive: false } });
    expect(Object.fromEntries(spec!.output.attributes)).toEqual(attributes);
  });

  it('are for all results that can have them', () => {
    const specs = withAnnotations(outputs('type=oci,dest=x,tar=true', 'out', 'type=image,name=n'), ['a=b']);
    expect(specs.map(({ output }) => Object.fromEntries(output.attributes))).toEqual([
      { tar: 'true', 'annotation.a': 'b' },
      {},
      { name: 'n', 'annotation.a': 'b' },
    ]);
    expect(withAnnotations(outputs('out'), [])).toEqual(outputs('out'));
  });

  test.each(['a', '=b', 'x:a=b', 'index[]:a=b', ' =b'])('%j is none', (flag) => {
    expect(() => withAnnotations([], [flag])).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
