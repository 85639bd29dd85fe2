import { describe, expect, it } from 'vitest';
import { moby } from '../../../src/builder/generated/buildkit.js';
import { builderLimits } from '../../../src/builder/limits.ts';
import { statusEvents } from '../../../src/builder/solve/statusEvents.ts';
import type { VertexEvent, WarningEvent } from '../../../src/context/buildEvent.ts';

const { StatusResponse } = moby.buildkit.v1;

const events = (message: moby.buildkit.v1.StatusResponse.$Properties) =>
  statusEvents(StatusResponse.encode(message).finish());

describe('status events', () => {
  it('tell steps with times in milliseconds', () => {
    const vertex = { digest: 'sha256:a', name: Buffer.from('[1/2] RUN x'), cached: true, error: Buffer.from('no') };
    expect(events({ vertexes: [{ ...vertex, started: { seconds: 1_700_000_000, nanos: 5e8 } }] })).toEqual([
      {
        type: 'vertex',
        digest: 'sha256:a',
        name: '[1/2] RUN x',
        cached: true,
        started: 1_700_000_000_500,
        completed: undefined,
        error: 'no',
      },
    ]);
  });

  it('tell progress as plain numbers', () => {
    const status = { id: Buffer.from('layer'), vertex: 'sha256:a', current: 2 ** 40, total: 2 ** 41 };
    expect(events({ statuses: [status] })).toMatchObject([
      { type: 'status', id: 'layer', vertex: 'sha256:a', current: 2 ** 40, total: 2 ** 41 },
    ]);
  });

  it('tell output as it is', () => {
    const bytes = Buffer.from([0xff, 0x0a]);
    const [event] = events({ logs: [{ vertex: 'sha256:a', stream: 2, msg: bytes, timestamp: { seconds: 1 } }] });
    expect(event).toEqual({
      type: 'log',
      vertex: 'sha256:a',
      stream: 2,
      data: Uint8Array.from(bytes),
      timestamp: 1000,
    });
  });

  it('tell warnings with their first line', () => {
    const warning = {
      vertex: 'sha256:a',
      short: Buffer.from('FromAsCasing'),
      detail: [Buffer.from('one'), Buffer.from('two')],
      url: 'https://x',
      ranges: [{ start: { line: 3 } }],
    };
    expect(events({ warnings: [warning, {}] })).toMatchObject([
      { type: 'warning', message: 'FromAsCasing', detail: 'one\ntwo', url: 'https://x', line: 3 },
      { type: 'warning', message: '', detail: '', line: 0 },
    ]);
  });

  it('keep the beginning and the end of a text that is too long', () => {
    const long = Buffer.from(`RUN ${'x'.repeat(builderLimits.eventTextChars)}; exit 3`);
    const detail = Array.from({ length: 3 }, () => long);
    const [step, warning] = events({
      vertexes: [{ digest: 'd', name: long, error: long }],
      warnings: [{ vertex: 'd', short: long, detail, url: String(long) }],
    });
    const { name, error } = step as VertexEvent;
    const { message, detail: lines, url } = warning as WarningEvent;
    for (const text of [name, error, message, lines, url]) {
      expect(text).toMatch(/^RUN x+…x+; exit 3$/);
      expect(text.length).toBeLessThanOrEqual(builderLimits.eventTextChars);
    }
  });

  it('are read though a name is not UTF-8', () => {
    const [event] = events({ vertexes: [{ digest: 'd', name: Buffer.from([0x43, 0xff]) }] });
    expect(event).toMatchObject({ name: 'C\ufffd' });
  });
});
