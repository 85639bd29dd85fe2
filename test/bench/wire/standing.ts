import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromText } from '../../../src/base/bytes.ts';
import { build } from '../../../src/client/buildClient.ts';
import { LocalContext } from '../../../src/client/localContext.ts';
import { openContext } from '../../../src/client/openContext.ts';
import { Pusher } from '../../../src/client/pusher.ts';
import { noServices } from '../../support/noServices.ts';
import type { Peer } from '../../../src/transfer/peer.ts';
import { proofScan } from '../../../src/workspace/proofScan.ts';

const never = new AbortController().signal;

/** A client of one folder on a connection that stands, as an editor has it; several can share one. */
export class StandingClient {
  readonly #peer: Peer;
  readonly #context: LocalContext;
  readonly #pusher: Pusher;
  readonly #builder: string;

  private constructor(peer: Peer, context: LocalContext, builder: string) {
    this.#peer = peer;
    this.#context = context;
    this.#builder = builder;
    this.#pusher = new Pusher(context.id, context, 'owner');
  }

  static async open(peer: Peer, folder: string, home: string, builder: string): Promise<StandingClient> {
    const places = { cacheDirectory: join(home, 'cache'), neededDirectory: join(home, 'needed') };
    const dockerfile = join(folder, 'Dockerfile');
    const options = { folder, dockerfile, installation: 'bench', prover: { prove: proofScan }, ...places };
    const context = await LocalContext.open(options);
    await context.widen('all of it is measured');
    const client = new StandingClient(peer, context, builder);
    client.#pusher.resume(await openContext(peer, { ...client.#open, role: 'guest' }, never));
    return client;
  }

  /** Resolves when what the folder holds is acknowledged. */
  async push(): Promise<void> {
    const read = () => this.#context.read({ everything: true, why: 'bench' });
    await this.#pusher.bring(this.#peer, await read(), read, {});
  }

  /** Milliseconds from the request until a step of the Dockerfile has begun. */
  async firstStep(): Promise<number> {
    const request = {
      dockerfile: { name: 'Dockerfile', content: readFileSync(join(this.#context.root, 'Dockerfile')) },
      tags: [],
      target: undefined,
      buildArgs: new Map<string, string>(),
      noCache: true,
    };
    const reading = await this.#context.read({ everything: true, why: 'bench' });
    const parts = [{ request, services: noServices }];
    const order = { context: this.#context, open: this.#open, parts, proof: 'off' } as const;
    const start = performance.now();
    let first: number | undefined;
    const onEvent = (event: {
      readonly type: string;
      readonly name?: string;
      readonly started?: number | undefined;
    }) => {
      const isStep = event.type === 'vertex' && /^\[(?!internal)/.test(event.name ?? '') && event.started !== undefined;
      if (isStep) first ??= performance.now() - start;
    };
    const ordered = { ...order, reading: Promise.resolve(reading) };
    await build(this.#peer, ordered, { onEvent, onStarted: () => {} }, never);
    return first ?? NaN;
  }

  get #open() {
    const { id: context, label } = this.#context;
    return { context, label, nonce: fromText(''), engine: { spec: this.#builder, env: {} } };
  }
}
