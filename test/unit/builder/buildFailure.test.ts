import { describe, expect, it } from 'vitest';
import type { StatusDetail } from '../../../src/builder/grpc/status.ts';
import { GrpcError } from '../../../src/builder/grpc/grpcError.ts';
import { builderLimits } from '../../../src/builder/limits.ts';
import { buildFailure } from '../../../src/builder/solve/buildFailure.ts';
import { BuildTrace } from '../../../src/builder/solve/buildTrace.ts';

const dockerfile = { name: 'app.Dockerfile', content: Buffer.from('FROM base\nRUN exit \\\n 3\nCOPY nope /x\n') };

const vertex = (digest: string, name: string, error = '') =>
  ({ type: 'vertex', digest, name, cached: false, started: 1, completed: 2, error }) as const;

function failureOf(message: string, details: StatusDetail[] = [], ...events: ReturnType<typeof vertex>[]) {
  const trace = new BuildTrace();
  for (const event of events) trace.add(event);
  return buildFailure(new GrpcError('Solve', { code: 2, message, details }), trace, dockerfile);
}

describe('the failure of a build', () => {
  it('has lines, step and exit code from the details of a newer engine', () => {
    const failure = failureOf(
      'process "/bin/sh -c exit 3" did not complete successfully: exit code: 3',
      [
        {
          type: 'github.com/moby/buildkit/errdefs.Source',
          value: {
            ranges: [
              { start: { line: 2 }, end: { line: 2 } },
              { start: { line: 3 }, end: {} },
            ],
          },
        },
        { type: 'github.com/moby/buildkit/errdefs.Vertex', value: { digest: 'sha256:b' } },
        { type: 'github.com/moby/buildkit/gatewayapi.ExitMessage', value: { Code: 3 } },
      ],
      vertex('sha256:a', '[1/2] FROM base', 'context canceled'),
      vertex('sha256:b', '[2/2] RUN exit   3'),
    );
    expect(failure).toMatchObject({
      code: 'BUILD_FAILED',
      message: 'app.Dockerfile:2: "[2/2] RUN exit   3" failed with exit code 3.',
      hint: 'See what "[2/2] RUN exit   3" printed.',
      data: { step: '[2/2] RUN exit   3', line: 2, endLine: 3, exitCode: 3 },
    });
  });

  it('tells a message that is too long by its beginning and its end', () => {
    const { message, data } = failureOf(`process "${'x'.repeat(100_000)}" did not complete successfully: exit code: 3`);
    expect(message).toMatch(/^process "x+…x+" did not complete successfully: exit code: 3$/);
    expect(message.length).toBeLessThanOrEqual(builderLimits.eventTextChars);
    expect(data).toMatchObject({ exitCode: 3 });
  });

  it('finds the same by the failed step where an engine gives no details', () => {
    const failure = failureOf(
      'failed to solve with frontend dockerfile.v0: failed to solve with frontend gateway.v0: rpc error: code = Unknown desc = executor failed running [/bin/sh -c exit  3]: exit code: 3',
      [],
      vertex('sha256:a', '[1/2] FROM base', 'context canceled'),
      vertex('sha256:b', '[2/2] RUN exit   3', 'exit code: 3'),
    );
    expect(failure.message).toBe('app.Dockerfile:2: "[2/2] RUN exit   3" failed with exit code 3.');
    expect(failure.data).toEqual({ step: '[2/2] RUN exit   3', line: 2, endLine: 3, exitCode: 3 });
  });

  it('takes the line of a parse error from its text', () => {
    const text = 'failed to create LLB definition: dockerfile parse error line 4: unknown instruction: FOO';
    expect(failureOf(text)).toMatchObject({
      message: 'dockerfile parse error line 4: unknown instruction: FOO',
      hint: 'See line 4 of app.Dockerfile.',
      data: { line: 4, endLine: 4 },
    });
  });

  it('says where to look for a missing file', () => {
    const failure = failureOf(
      'failed to compute cache key: failed to calculate checksum of ref 1-2::x: "/nope": not found',
      [],
      vertex('sha256:c', '[2/2] COPY nope /x', 'not found'),
    );
    expect(failure.message).toBe('"/nope": not found');
    expect(failure.hint).toContain('.dockerignore');
    expect(failure.data).toEqual({ step: '[2/2] COPY nope /x', line: 4, endLine: 4 });
  });

  it('is in the words of the builder when it does not know the step', () => {
    const failure = failureOf('failed to solve: process "x" did not complete successfully: exit code: 7');
    expect(failure).toMatchObject({
      message: 'process "x" did not complete successfully: exit code: 7',
      data: { exitCode: 7 },
    });
  });

  it('knows nothing more than the message when there is nothing more', () => {
    expect(failureOf('target stage "x" could not be found')).toMatchObject({
      message: 'target stage "x" could not be found',
      data: {},
    });
  });

  it.each([[{ ranges: 'x' }], [{ ranges: [null, 7, { start: null }] }], [null], ['text']])(
    'survives the detail %j',
    (value) => {
      const type = 'github.com/moby/buildkit/errdefs.Source';
      expect(failureOf('m', [{ type, value }]).data).toEqual({});
    },
  );
});
