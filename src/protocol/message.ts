/** The messages of the protocol in the model's own types. `convert.ts` alone turns them into wire messages and back. */
import type { ByteString } from '../base/bytes.ts';
import type { PresyncError } from '../base/errors.ts';
import type { BuildEvent, BuildResult } from '../context/buildEvent.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import type { Remove } from '../context/change.ts';
import type { Digest } from '../context/digest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { DirectoryHead, FileEntry, SymlinkEntry } from '../context/entry.ts';
import type { Path } from '../context/path.ts';
import type { Proof } from '../context/proof.ts';
import type { RegistryAccount } from '../context/registryAccount.ts';
import type { Sent } from '../context/sent.ts';

export type Message =
  | Hello
  | OpenContext
  | ContextOpened
  | Push
  | Compare
  | Compared
  | Changes
  | Ahead
  | Need
  | Chunks
  | Committed
  | ContextState
  | Build
  | BuildEvents
  | BuildDone
  | { readonly type: 'cancel' }
  | { readonly type: 'release' }
  | Barrier
  | BarrierReached
  | ProofMessage
  | Ask
  | Answer
  | StreamMessage
  | { readonly type: 'error'; readonly error: PresyncError };

export type MessageType = Message['type'];

/** A message and the exchange it belongs to; 0 for none. */
export interface Envelope {
  readonly id: number;
  readonly message: Message;
}

/** An envelope that arrived. */
export interface Arrived extends Envelope {
  /** Of the frame, unpacked. */
  readonly bytes: number;
}

export interface Hello {
  readonly type: 'hello';
  readonly versions: readonly number[];
  readonly program: string;
  readonly features: readonly string[];
  readonly codecs: readonly Codec[];
}

export type Codec = 'none' | 'deflate' | 'zstd';

export type Role = 'owner' | 'guest';
export type Ownership = 'none' | 'yours' | 'other';

export interface OpenContext {
  readonly type: 'open';
  readonly context: Digest;
  readonly label: ByteString;
  readonly role: Role;
  readonly nonce: ByteString;
  readonly engine: EngineSelector;
  /** Of an owner: see the daemon's Speculation. */
  readonly speculate: boolean;
}

export interface ContextOpened {
  readonly type: 'opened';
  readonly snapshot: Digest | undefined;
  readonly ownership: Ownership;
  /** What is known of a push that was cut off. */
  readonly unfinished: Digest | undefined;
}

export interface Push {
  readonly type: 'push';
  readonly context: Digest;
  readonly base: Digest | undefined;
  readonly target: Digest;
  /** When the reading of the workspace began: microseconds of the client's boot. */
  readonly asOf: number;
  /** How many entries of the workspace could not be carried. */
  readonly problems: number;
  /** From nothing, but what the daemon has is found by Compare first. */
  readonly compare: boolean;
}

export interface Compare {
  readonly type: 'compare';
  readonly folders: readonly { readonly path: Path; readonly digest: Digest }[];
}

export interface Compared {
  readonly type: 'compared';
  /** For each folder that was asked about, whether the daemon has the same; padded to whole bytes. */
  readonly same: readonly boolean[];
}

/** A file whose chunk list, if it has one, is described. */
export interface FileHead extends Omit<FileEntry, 'chunks'> {
  readonly chunks: WireChunkList | undefined;
}

/** A chunk list on its way. */
export interface WireChunkList {
  /** Of the packed list. */
  readonly digest: Digest;
  /** The file of the base whose list the text is an edit of; undefined: the text is the list itself. */
  readonly base: Path | undefined;
  /** The text, or the digests of the pieces in which it travels. */
  readonly text: Uint8Array | readonly Digest[];
}

export interface WirePut {
  readonly op: 'put';
  readonly path: Path;
  readonly entry: FileHead | SymlinkEntry | DirectoryHead;
  /** Of a directory: see `Put.from`. */
  readonly from?: Path | undefined;
}

export type WireChange = WirePut | Remove;

export interface Changes {
  readonly type: 'changes';
  readonly changes: readonly WireChange[];
  readonly inline: readonly SentChunk[];
  readonly last: boolean;
}

/** A chunk and its content. */
export interface SentChunk {
  readonly digest: Digest;
  readonly data: Uint8Array;
}

export interface Ahead {
  readonly type: 'ahead';
  readonly digests: readonly Digest[];
}

export interface Need {
  readonly type: 'need';
  readonly digests: readonly Digest[];
}

export interface Chunks {
  readonly type: 'chunks';
  readonly chunks: readonly SentChunk[];
}

export interface Committed {
  readonly type: 'committed';
  readonly snapshot: Digest;
}

export interface ContextState {
  readonly type: 'state';
  readonly context: Digest;
  readonly snapshot: Digest | undefined;
  readonly primed: Digest | undefined;
  readonly problem: PresyncError | undefined;
  readonly owned: boolean;
}

export interface Build {
  readonly type: 'build';
  readonly context: Digest;
  /** Undefined: what the owner has after a barrier. */
  readonly snapshot: Digest | undefined;
  readonly request: BuildRequest;
  /** Without side effects until the client sends 'release'. */
  readonly hold: boolean;
  readonly offer: Offer;
  /** Further contexts, which the Dockerfile knows by name. */
  readonly inputs?: readonly NamedInput[];
  /** Held, but not for a proof: the owner need not look. */
  readonly unproven?: boolean;
}

export interface NamedInput {
  readonly name: string;
  readonly context: Digest;
  readonly snapshot: Digest;
}

/** What the client answers for while the build runs. */
export interface Offer {
  readonly secrets: boolean;
  readonly agents: boolean;
  readonly registries: boolean;
  readonly outputs: boolean;
  /** The archive that is the build's context. */
  readonly archive: boolean;
}

/** The build needs something that only its client has. */
export interface Ask {
  readonly type: 'ask';
  readonly call: number;
  readonly question: Question;
}

export type Question =
  | { readonly kind: 'secret'; readonly id: string }
  | { readonly kind: 'registry'; readonly host: string }
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'connect'; readonly id: string; readonly stream: number }
  | { readonly kind: 'output'; readonly index: number; readonly stream: number }
  | { readonly kind: 'archive'; readonly stream: number };

export interface Answer {
  readonly type: 'answer';
  readonly call: number;
  readonly reply: Reply;
}

export type Reply =
  | { readonly kind: 'data'; readonly data: Uint8Array }
  | { readonly kind: 'account'; readonly account: RegistryAccount }
  | { readonly kind: 'done' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'error'; readonly error: PresyncError };

export type StreamMessage =
  | { readonly type: 'streamData'; readonly stream: number; readonly data: Uint8Array }
  | { readonly type: 'streamEnd'; readonly stream: number; readonly error: PresyncError | undefined }
  | { readonly type: 'streamCredit'; readonly stream: number; readonly bytes: number };

/** The builder has the snapshot, and the solve is being sent; before it the daemon made ready. */
export interface StartedEvent {
  readonly type: 'started';
  readonly snapshot: Digest;
}

/** All that is left of a held build waits for its release. */
export interface WaitingEvent {
  readonly type: 'waiting';
}

/** What a build's client is told of it: what BuildKit does, and how far the daemon is. */
export type ToldEvent = BuildEvent | StartedEvent | WaitingEvent;

export interface BuildEvents {
  readonly type: 'events';
  readonly events: readonly ToldEvent[];
}

export interface BuildDone {
  readonly type: 'done';
  readonly snapshot: Digest;
  readonly result: BuildResult;
  /** By the owner, to reach the barrier. */
  readonly sent: Sent;
}

export interface Barrier {
  readonly type: 'barrier';
  readonly context: Digest;
  /** A proof follows 'reached'. */
  readonly prove: boolean;
}

export interface BarrierReached {
  readonly type: 'reached';
  readonly snapshot: Digest;
  readonly sent: Sent;
}

export interface ProofMessage {
  readonly type: 'proof';
  readonly proof: Proof;
}
