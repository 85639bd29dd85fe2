import { describe, expect, it } from 'vitest';
import { google } from '../../../src/builder/generated/buildkit.js';
import { statusFromHeaders, statusToHeaders } from '../../../src/builder/grpc/status.ts';

function detailsHeader(...details: [string, string][]): string {
  const any = details.map(([typeUrl, value]) => ({ typeUrl, value: Buffer.from(value) }));
  return Buffer.from(google.rpc.Status.encode({ code: 2, details: any }).finish()).toString('base64');
}

describe('gRPC status', () => {
  it('is absent without a code', () => {
    expect(statusFromHeaders({ 'content-type': 'application/grpc' })).toBeUndefined();
  });

  it('reads code, message and JSON details', () => {
    const status = statusFromHeaders({
      'grpc-status': '12',
      'grpc-message': '100%25 f%C3%A4lsch',
      'grpc-status-details-bin': detailsHeader(
        ['github.com/moby/buildkit/errdefs.Source+json', '{"ranges":[]}'],
        ['type.googleapis.com/other', '{}'],
        ['broken+json', '{'],
      ),
    });
    expect(status).toEqual({
      code: 12,
      message: '100% fälsch',
      details: [{ type: 'github.com/moby/buildkit/errdefs.Source', value: { ranges: [] } }],
    });
  });

  it('survives what no honest server sends', () => {
    const status = statusFromHeaders({ 'grpc-status': 'x', 'grpc-message': '%zz', 'grpc-status-details-bin': '////' });
    expect(status).toEqual({ code: 2, message: '%zz', details: [] });
  });

  it('is written so that it can be read again', () => {
    const status = { code: 5, message: 'no "ä" 100%\n', details: [] };
    expect(statusFromHeaders(statusToHeaders(status) as Record<string, string>)).toEqual(status);
    expect(() => statusToHeaders({ code: 5, message: 'half \ud800', details: [] })).not.toThrow();
  });
});
