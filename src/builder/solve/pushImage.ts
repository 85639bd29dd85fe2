/**
 * `POST /images/NAME/push`: Docker's own way to a registry. The answer is a stream of JSON objects, one a line: the
 * progress of layers, and at the end `{"aux": {…}}` or `{"errorDetail": {"message": …}}`.
 */
import { PresyncError } from '../../base/errors.ts';
import type { BuildEvent } from '../../context/buildEvent.ts';
import type { RegistryAccount } from '../../context/registryAccount.ts';
import { splitTag } from '../../context/tagName.ts';
import type { EngineHttp } from '../engineHttp.ts';
import { jsonLines } from '../jsonLines.ts';
import type { RegistrySource } from '../session/buildServices.ts';

/** PUSH_FAILED in the registry's words, ENGINE_LOST, CANCELLED. */
export async function pushImage(
  http: EngineHttp,
  image: string,
  registries: RegistrySource | undefined,
  onEvent: (event: BuildEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const { host, name, tag } = splitTag(image);
  const account = await registries?.account(host, signal);
  const step = new PushStep(image, onEvent);
  try {
    const path = `/images/${name}/push?tag=${encodeURIComponent(tag)}`;
    const answer = http.stream('POST', path, { 'X-Registry-Auth': authHeader(host, account) }, signal);
    for await (const line of jsonLines(answer)) step.tell(line);
    step.done('');
  } catch (thrown) {
    const error = thrown instanceof PushRefused ? pushFailure(image, host, account, thrown) : PresyncError.from(thrown);
    step.done(error.message);
    throw error;
  }
}

class PushRefused extends Error {}

/** What is told of a push: a step with a line for each layer. */
class PushStep {
  readonly #digest: string;
  readonly #name: string;
  readonly #onEvent: (event: BuildEvent) => void;
  readonly #started = Date.now();

  constructor(image: string, onEvent: (event: BuildEvent) => void) {
    this.#digest = `push:${image}`;
    this.#name = `pushing ${image}`;
    this.#onEvent = onEvent;
    this.#vertex(undefined, '');
  }

  tell(line: unknown): void {
    const { id, status, progressDetail, errorDetail, error } = line as PushLine;
    const refused = errorDetail?.message ?? error;
    if (refused !== undefined) throw new PushRefused(refused);
    if (id === undefined || status === undefined) return;
    const over = /^(Pushed|Layer already exists|Mounted from)/.test(status);
    const { current = 0, total = 0 } = progressDetail ?? {};
    this.#onEvent({
      type: 'status',
      vertex: this.#digest,
      id: over ? `layer ${id}: ${status}` : `layer ${id}`,
      current,
      total: Math.max(total, current),
      started: this.#started,
      completed: over ? Date.now() : undefined,
    });
  }

  done(error: string): void {
    this.#vertex(Date.now(), error);
  }

  #vertex(completed: number | undefined, error: string): void {
    const { digest, name, started } = { digest: this.#digest, name: this.#name, started: this.#started };
    this.#onEvent({ type: 'vertex', digest, name, cached: false, started, completed, error });
  }
}

interface PushLine {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly errorDetail?: { readonly message?: string };
  readonly error?: string;
}

/** Base64 for URLs, with padding. The header must be there even without an account. */
function authHeader(host: string, account: RegistryAccount | undefined): string {
  const login =
    account === undefined
      ? {}
      : account.name === ''
        ? { identitytoken: account.secret, serveraddress: host }
        : { username: account.name, password: account.secret, serveraddress: host };
  return Buffer.from(JSON.stringify(login)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function pushFailure(
  image: string,
  host: string,
  account: RegistryAccount | undefined,
  refused: PushRefused,
): PresyncError {
  const denied = /denied|unauthorized|no basic auth|authentication required/i.test(refused.message);
  const who =
    account === undefined ? 'you are not logged in there' : `you are logged in as ${account.name || 'a token'}`;
  return new PresyncError('PUSH_FAILED', `${image} could not be pushed: ${refused.message}`, {
    hint: denied
      ? `Log in with "docker login ${host}" as a user who may push there: ${who}.`
      : 'The image is built and named; "docker push" tries again.',
    cause: refused,
  });
}
