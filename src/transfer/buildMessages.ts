/** What passes between a build and its client beside events: the client knows the protocol only by its transfer. */
export type { Ask, NamedInput, Offer, Question, Reply, StreamMessage } from '../protocol/message.ts';
