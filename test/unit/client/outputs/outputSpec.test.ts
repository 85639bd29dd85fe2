import { describe, expect, it } from 'vitest';
import type { OutputSpec } from '../../../../src/client/outputs/outputSpec.ts';
import { describePlace, parseOutputs } from '../../../../src/client/outputs/outputSpec.ts';

const parse = (outputs: readonly string[], { push = false, load = false } = {}): OutputSpec[] =>
  parseOutputs({ outputs, push, load }, '/here');

/** A spec as one line. */
function line({ output, place }: OutputSpec): string {
  const attributes = [...output.attributes].map(([key, value]) => `${key}=${value}`);
  const where = place === undefined ? '' : ` to ${place.kind} ${describePlace(place)}`;
  const clear = place?.kind === 'folder' && place.clear ? ' (cleared)' : '';
  return `${[output.type, ...attributes].join(' ')}${output.receive ? where : ''}${clear}`;
}

describe('--output', () => {
  it.each([
    ['out', 'tar to folder /here/out'],
    ['/abs/out', 'tar to folder /abs/out'],
    ['-', 'tar to stdout standard output'],
    ['type=local,dest=out', 'tar to folder /here/out'],
    ['type=local,dest=out,mode=delete', 'tar to folder /here/out (cleared)'],
    ['type=local,dest=out,platform-split=false', 'tar platform-split=false to folder /here/out'],
    ['"type=local","dest=a,b"', 'tar to folder /here/a,b'],
    ['type=tar', 'tar to stdout standard output'],
    ['type=tar,dest=x.tar', 'tar to file /here/x.tar'],
    ['type=oci,dest=-', 'oci to stdout standard output'],
    ['type=docker', 'docker'],
    ['type=docker,dest=x', 'docker to file /here/x'],
    ['type=image,name=a,compression=zstd', 'image name=a compression=zstd'],
    ['type=registry', 'image push=true'],
    ['type=image,push=true', 'image push=true'],
    ['type=cacheonly', 'cacheonly'],
  ])('%s', (flag, expected) => {
    expect(parse([flag]).map(line)).toEqual([expected]);
  });

  it('beside --push and --load', () => {
    expect(parse([], { push: true }).map(line)).toEqual(['image push=true']);
    expect(parse(['out'], { push: true }).map(line)).toEqual(['tar to folder /here/out', 'image push=true']);
    expect(parse(['type=image,name=a'], { push: true }).map(line)).toEqual(['image name=a push=true']);
    expect(parse(['out'], { load: true }).map(line)).toEqual(['tar to folder /here/out', 'docker']);
    expect(parse([])).toEqual([]);
  });

  it.each([
    [['']],
    [['dest=x']],
    [['type=local']],
    [['type=local,dest=-']],
    [['type=local,dest=']],
    [['type=local,dest=x,mode=move']],
    [['type=tape,dest=x']],
    [['type=image,dest=x']],
    [['type=local,dest=x,dest=y']],
    [['type=local,dest']],
    [['-', 'type=oci']],
  ])('refuses %j', (flags) => {
    expect(() => parse(flags)).toThrow(expect.objectContaining({ code: 'USAGE', hint: expect.stringMatching(/\w/) }));
  });
});
