import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../src/base/logger.ts';
import type { EngineEndpoint } from '../../src/builder/endpoint/engineEndpoint.ts';
import { Engine as Builder } from '../../src/builder/engine.ts';
import { EngineHttp } from '../../src/builder/engineHttp.ts';
import { moby } from '../../src/builder/generated/buildkit.js';
import { GrpcConnection } from '../../src/builder/grpc/client.ts';
import { buildOrder } from '../../src/builder/solve/buildOrder.ts';
import { planResults } from '../../src/builder/solve/exporter.ts';
import type { SolveOrder } from '../../src/builder/solve/solve.ts';
import type { FileEntry } from '../../src/context/entry.ts';
import { IgnoreRules } from '../../src/context/ignore/ignoreRules.ts';
import { walk } from '../../src/context/snapshot.ts';
import { ContextScanner } from '../../src/workspace/scanner.ts';
import type { Engine } from '../support/engines.ts';

/**
 * The builder's own share of a warm build: the order that presync sends, for a context that is primed, as one gRPC call
 * on an open connection, by a client that follows no status and has nothing else to do. No client can be faster without
 * asking for something else.
 *
 * In Docker 20.10 most of it is one habit of BuildKit 0.8: its frontend asks twelve times which architectures the worker
 * can run, and the worker finds out each time, by starting a program for each of six.
 */
export class BareSolve {
  readonly #order: SolveOrder;
  readonly #builder: Builder;
  readonly #control: GrpcConnection;

  private constructor(builder: Builder, control: GrpcConnection, order: SolveOrder) {
    this.#builder = builder;
    this.#control = control;
    this.#order = order;
  }

  static async prepare(engine: Engine, context: string, tag: string): Promise<BareSolve> {
    const endpoint: EngineEndpoint = { kind: 'unix', path: engine.socket, label: engine.host };
    const scanner = new ContextScanner({
      root: context,
      filter: IgnoreRules.none,
      filterKey: '',
      cachePath: undefined,
    });
    const { snapshot } = await scanner.scan();
    const paths = new Map([...walk(snapshot)].map(([path, entry]) => [entry, path]));
    const read = async function* (file: FileEntry) {
      yield await Promise.resolve(readFileSync(join(context, paths.get(file)!)));
    };
    const sessionId = randomBytes(16).toString('hex');
    const builder = await Builder.connect(endpoint, { sessionId, content: { read }, logger: silentLogger });
    const names = { id: sessionId, sharedKey: sessionId, contextName: 'bench' };
    const generation = builder.createGeneration({ ...names, tree: snapshot });
    await builder.prime(generation);
    const content = readFileSync(join(context, 'Dockerfile'));
    const request = {
      dockerfile: { name: 'Dockerfile', content },
      tags: [tag],
      target: undefined,
      buildArgs: new Map<string, string>(),
      noCache: false,
    };
    const { named } = planResults(request, 'docker');
    const order = buildOrder(request, generation.definition, named, { id: sessionId });
    const control = new GrpcConnection(await new EngineHttp(endpoint).upgrade('/grpc', {}));
    return new BareSolve(builder, control, order);
  }

  /** Builds once. */
  async run(): Promise<void> {
    const ref = randomBytes(16).toString('hex');
    const message = moby.buildkit.v1.SolveRequest.encode({ cache: {}, ...this.#order, ref }).finish();
    await this.#control.unary('/moby.buildkit.v1.Control/Solve', message);
  }

  dispose(): void {
    this.#control.dispose();
    this.#builder.dispose();
  }
}
