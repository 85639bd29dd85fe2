/**
 * The Hello: the first frame in each direction. The client says what it speaks, the daemon answers with the one
 * version that both use from there on and with the codecs that both have.
 */
import { PresyncError } from '../base/errors.ts';
import { timeouts } from '../protocol/limits.ts';
import type { Codec, Hello } from '../protocol/message.ts';
import { ownCodecs } from '../protocol/packing.ts';
import { programVersion } from '../protocol/version.ts';
import type { Peer } from './peer.ts';

/** A daemon that says so takes content before the push that needs it. */
const aheadFeature = 'ahead';

/** What both sides use. */
export interface Agreement {
  readonly version: number;
  /** What both can pack frames with, in the client's order of preference; empty: frames are sent as they are. */
  readonly codecs: readonly Codec[];
  /** The other side's program, for logs. */
  readonly program: string;
}

/**
 * The client's half: it says whether frames are packed at all, since it knows what the link is.
 * DAEMON_OLDER or DAEMON_NEWER when there is no common version.
 */
export async function greetDaemon(peer: Peer, offer: Offer, signal?: AbortSignal): Promise<Agreement> {
  const { version, packing } = offer;
  const codecs = packing ? ownCodecs : [];
  await peer.notices.send(hello([version], codecs));
  const answer = await peer.notices.expect('hello', { signal, timeout: timeouts.handshake });
  if (answer.versions.length !== 1 || answer.versions[0] !== version) {
    throw new PresyncError('PROTOCOL', 'The daemon chose a version that was not offered.');
  }
  if (!answer.codecs.every((codec) => codecs.includes(codec))) {
    throw new PresyncError('PROTOCOL', 'The daemon chose a codec that was not offered.');
  }
  peer.codec = answer.codecs[0] ?? 'none';
  // Where the link is what takes the time nothing is won by it, and a save would have to wait.
  peer.takesAhead = !packing && answer.features.includes(aheadFeature);
  return { version, codecs: answer.codecs, program: answer.program };
}

/** What a client offers. */
export interface Offer {
  readonly version: number;
  /** Whether frames may be packed: it costs time where the link is not what takes the time. */
  readonly packing: boolean;
}

/** The daemon's half. Answers with an error and throws it when there is no common version. */
export async function greetClient(peer: Peer, served: readonly number[]): Promise<Agreement> {
  const theirs = await peer.notices.expect('hello', { timeout: timeouts.handshake });
  const version = served.find((candidate) => theirs.versions.includes(candidate));
  if (version === undefined) {
    const error = noCommonVersion(theirs.versions, served);
    await peer.notices.send({ type: 'error', error });
    throw error;
  }
  const codecs = theirs.codecs.filter((codec) => ownCodecs.includes(codec));
  await peer.notices.send(hello([version], codecs));
  peer.codec = codecs[0] ?? 'none';
  return { version, codecs, program: theirs.program };
}

function hello(versions: readonly number[], codecs: readonly Codec[]): Hello {
  return { type: 'hello', versions, program: `presync ${programVersion}`, features: [aheadFeature], codecs };
}

function noCommonVersion(theirs: readonly number[], served: readonly number[]): PresyncError {
  const daemonIsNewer = Math.max(0, ...theirs) < Math.min(...served);
  return daemonIsNewer
    ? new PresyncError('DAEMON_NEWER', 'The daemon is newer than this program and no longer speaks its protocol.', {
        hint: 'Update this program: the newest of the extension and the CLI runs the daemon.',
      })
    : new PresyncError('DAEMON_OLDER', 'The daemon is older than this program.', {
        hint: 'It is replaced by itself; if it is not, run "presync daemon" of the new version.',
      });
}
