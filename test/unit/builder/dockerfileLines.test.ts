import { describe, expect, it } from 'vitest';
import { findStep } from '../../../src/builder/solve/dockerfileLines.ts';

const dockerfile = `# syntax is not meant here
FROM base AS one
RUN make

run  echo hi && \\
  # a comment in between
  false
FROM scratch
COPY --from=one /a /b
RUN make
FROM base
RUN make
`;

describe('the lines of a step', () => {
  it.each<[string, number | undefined, number | undefined]>([
    ['[one 3/3] RUN echo hi &&   false', 5, 7],
    ['[stage-1 1/2] COPY --from=one /a /b', 9, 9],
    ['[one 2/3] RUN make', 3, 3],
    ['[stage-1 2/2] RUN make', 10, 10],
    ['[stage-2 2/2] RUN make', 12, 12],
    // Several, and no stage says which.
    ['[2/2] RUN make', undefined, undefined],
    ['[2/2] RUN other', undefined, undefined],
    ['[internal] load build context', undefined, undefined],
    ['RUN make', undefined, undefined],
    ['', undefined, undefined],
  ])('%s', (step, line, endLine) => {
    expect(findStep(dockerfile, step)).toEqual(line === undefined ? undefined : { line, endLine });
  });

  it('follow the escape directive and Windows line ends', () => {
    const text = '# escape=`\r\nFROM base\r\nRUN a `\r\n  b\r\n';
    expect(findStep(text, '[2/2] RUN a   b')).toEqual({ line: 3, endLine: 4 });
  });
});
