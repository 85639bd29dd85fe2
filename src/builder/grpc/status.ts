/**
 * How a gRPC call ended: the trailers `grpc-status`, `grpc-message` (percent-encoded UTF-8) and `grpc-status-details-bin`
 * (base64 of a google.rpc.Status).
 *
 * BuildKit puts its own details there as JSON: the type URL ends in '+json'.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { google } from '../generated/buildkit.js';

/** The codes of the gRPC specification that are used here. */
export const grpcCodes = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  notFound: 5,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

export interface GrpcStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly StatusDetail[];
}

export interface StatusDetail {
  /** The type URL without its '+json'. */
  readonly type: string;
  /** Parsed, and not checked in any way. */
  readonly value: unknown;
}

export const okStatus: GrpcStatus = { code: grpcCodes.ok, message: '', details: [] };

/** The status in a block of headers or trailers, or undefined when there is none. */
export function statusFromHeaders(headers: IncomingHttpHeaders): GrpcStatus | undefined {
  const code = headers['grpc-status'];
  if (typeof code !== 'string') return undefined;
  return {
    code: /^\d{1,3}$/.test(code) ? Number(code) : grpcCodes.unknown,
    message: percentDecode(singleValue(headers['grpc-message'])),
    details: decodeDetails(singleValue(headers['grpc-status-details-bin'])),
  };
}

/** The trailers that say how a call ended. */
export function statusToHeaders(status: GrpcStatus): OutgoingHttpHeaders {
  if (status.message === '') return { 'grpc-status': String(status.code) };
  // By way of UTF-8, since encodeURIComponent throws at half a surrogate pair.
  const message = Buffer.from(status.message, 'utf8').toString('utf8');
  return { 'grpc-status': String(status.code), 'grpc-message': encodeURIComponent(message) };
}

function decodeDetails(base64: string): StatusDetail[] {
  if (base64 === '') return [];
  try {
    const status = google.rpc.Status.decode(Buffer.from(base64, 'base64'));
    return status.details.flatMap((any) => decodeDetail(any.typeUrl ?? '', any.value ?? new Uint8Array()));
  } catch {
    return []; // details only enrich a message: a bad one must not hide the error itself
  }
}

function decodeDetail(typeUrl: string, value: Uint8Array): StatusDetail[] {
  if (!typeUrl.endsWith('+json')) return [];
  try {
    return [
      { type: typeUrl.slice(0, -'+json'.length), value: JSON.parse(Buffer.from(value).toString('utf8')) as unknown },
    ];
  } catch {
    return [];
  }
}

function singleValue(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
