import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromText } from '../../src/base/bytes.ts';
import type { BuildOutcome } from '../../src/client/buildClient.ts';
import { build } from '../../src/client/buildClient.ts';
import { LocalContext } from '../../src/client/localContext.ts';
import type { OpenRequest } from '../../src/client/openContext.ts';
import { openContext } from '../../src/client/openContext.ts';
import { Pusher } from '../../src/client/pusher.ts';
import { formatDigest } from '../../src/context/digest.ts';
import type { Link } from '../../src/transfer/dial.ts';
import { CutterThreads } from '../../src/workspace/cutterThreads.ts';
import { proofScan } from '../../src/workspace/proofScan.ts';
import type { DaemonProcess } from './daemonProcess.ts';
import { noServices } from './noServices.ts';
import { defaultDist } from './presyncCli.ts';

const never = new AbortController().signal;

/** A client in this process: it pushes and builds a folder as the programs do, each time over a link of its own. */
export class FolderClient {
  readonly #context: LocalContext;
  readonly #open: Omit<OpenRequest, 'role'>;
  readonly #role: OpenRequest['role'];
  /** An owner remembers from one link to the next what it has sent. */
  readonly #owner: Pusher | undefined;

  private constructor(context: LocalContext, builder: string, role: OpenRequest['role']) {
    this.#context = context;
    this.#role = role;
    const { id, label } = context;
    this.#owner = role === 'owner' ? new Pusher(id, context, role) : undefined;
    this.#open = { context: id, label, nonce: fromText(''), engine: { spec: builder, env: {} } };
  }

  static async of(
    folder: string,
    cacheDirectory: string,
    builder = '',
    role: OpenRequest['role'] = 'guest',
  ): Promise<FolderClient> {
    const dockerfile = join(folder, 'Dockerfile');
    const helpers = { prover: { prove: proofScan }, cutters: new CutterThreads(join(defaultDist, 'cutter.js')) };
    const places = { cacheDirectory, neededDirectory: join(cacheDirectory, 'needed'), ...helpers };
    const context = await LocalContext.open({ folder, dockerfile, installation: 'test', ...places });
    await context.widen('all of it is looked at');
    return new FolderClient(context, builder, role);
  }

  /** Brings the daemon to what the folder holds; returns the snapshot that was acknowledged. */
  async push(daemon: Pick<DaemonProcess, 'dial'>): Promise<string> {
    return this.pushOver(await daemon.dial());
  }

  /** The same over a link that is there already, and is closed then. */
  async pushOver({ peer }: Link): Promise<string> {
    try {
      const opened = await openContext(peer, { ...this.#open, role: this.#role }, never);
      const pusher = this.#owner ?? new Pusher(this.#context.id, this.#context, 'guest');
      pusher.resume(opened);
      const read = () => pusher.read(peer, () => this.#context.read({ everything: true, why: 'test' }));
      const { reading } = await pusher.bring(peer, await read(), read, {});
      return formatDigest(reading.snapshot.digest);
    } finally {
      peer.close();
    }
  }

  /** Builds what the folder holds as the image `tag`. */
  async build(daemon: DaemonProcess, tag: string): Promise<BuildOutcome> {
    const { peer } = await daemon.dial();
    try {
      const content = readFileSync(join(this.#context.root, 'Dockerfile'));
      const request = {
        dockerfile: { name: 'Dockerfile', content },
        tags: [tag],
        target: undefined,
        buildArgs: new Map<string, string>(),
        noCache: false,
      };
      const parts = [{ request, services: noServices }];
      const order = { context: this.#context, open: this.#open, parts, proof: 'off' } as const;
      const [outcome] = await build(peer, order, { onEvent: () => {}, onStarted: () => {} }, never);
      return outcome!;
    } finally {
      peer.close();
    }
  }
}
