import { describe, expect, test } from 'vitest';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import { rawJsonLine, RawJsonRenderer } from '../../../../src/cli/progress/rawJsonRenderer.ts';
import { epoch, log, status, vertex, warning } from '../../../support/buildEvents.ts';
import { FakePipe } from '../../../support/fakePipe.ts';
import { recordedBuild, recordedLines } from '../../../support/recordedBuild.ts';

describe('raw JSON', () => {
  test('gives back a recorded build line by line', async () => {
    const pipe = new FakePipe();
    const renderer = new RawJsonRenderer(pipe);
    for (const { event } of recordedBuild('failedBuild')) renderer.update(event);
    await renderer.finish();
    renderer.update(vertex('late'));
    expect(pipe.text.trimEnd().split('\n')).toEqual(recordedLines('failedBuild'));
  });

  test.each<[string, ProgressEvent, object]>([
    ['a step that waits', vertex('a', { name: '' }), { vertexes: [{ digest: 'a' }] }],
    [
      'a step that failed',
      vertex('a', { from: 0, to: 1500, error: 'no', cached: true }),
      {
        vertexes: [
          {
            digest: 'a',
            name: '[a] RUN x',
            started: '2026-01-02T03:04:05Z',
            completed: '2026-01-02T03:04:06.5Z',
            cached: true,
            error: 'no',
          },
        ],
      },
    ],
    [
      'a part',
      status('a', 'sha256:1', { from: 10, current: 0, total: 7 }),
      { statuses: [{ id: 'sha256:1', vertex: 'a', total: 7, current: 0, started: '2026-01-02T03:04:05.01Z' }] },
    ],
    [
      'output',
      log('a', 0.25, Uint8Array.of(0xff, 0x0a), 2),
      { logs: [{ vertex: 'a', stream: 2, data: '/wo=', timestamp: '2026-01-02T03:04:05.00025Z' }] },
    ],
    [
      'a warning',
      warning('a', 'short', { detail: 'x\ny', url: 'https://x.example', line: 3 }),
      {
        warnings: [
          {
            vertex: 'a',
            short: 'c2hvcnQ=',
            detail: ['eA==', 'eQ=='],
            url: 'https://x.example',
            range: [{ start: { line: 3 }, end: { line: 3 } }],
          },
        ],
      },
    ],
    ['a bare warning', warning('', 'x'), { warnings: [{ short: 'eA==' }] }],
    [
      'the sync',
      { type: 'sync', phase: 'push', state: 'running', files: 2, timestamp: epoch },
      { presync: { phase: 'push', state: 'running', files: 2, timestamp: '2026-01-02T03:04:05Z' } },
    ],
  ])('writes %s', (_, event, expected) => {
    expect(JSON.parse(rawJsonLine(event))).toEqual(expected);
  });

  test.each([
    [0, '1970-01-01T00:00:00Z'],
    [1000 * 60 * 60 * 10, '1970-01-01T10:00:00Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [0.001, '1970-01-01T00:00:00.000001Z'],
    [1e300, '+275760-09-13T00:00:00Z'],
    [NaN, '1970-01-01T00:00:00Z'],
  ])('writes the time %d', (timestamp, text) => {
    const line = rawJsonLine({ type: 'log', vertex: 'a', stream: 1, data: new Uint8Array(), timestamp });
    expect(line).toContain(`"timestamp":"${text}"`);
  });

  test('cannot steer a terminal', () => {
    const name = 'x\x1b[2J\u009b1m\u202e\u2028\x7f';
    const line = rawJsonLine(vertex(name, { name }));
    expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(line)).toEqual({ vertexes: [{ digest: name, name }] });
  });
});
