/** Files and bytes of content that crossed the link between client and daemon. */
export interface Sent {
  readonly files: number;
  readonly bytes: number;
}

export const nothingSent: Sent = { files: 0, bytes: 0 };

export function addSent(a: Sent, b: Sent): Sent {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}
