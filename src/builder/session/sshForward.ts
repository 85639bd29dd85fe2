/**
 * `moby.sshforward.v1.SSH`: what `RUN --mount=type=ssh` finds at SSH_AUTH_SOCK is the client's agent.
 *
 * Every connection that a step makes is a ForwardAgent call; the metadata `buildkit.ssh.id` names the agent.
 */
import { cancelled, PresyncError } from '../../base/errors.ts';
import { moby, session } from '../generated/buildkit.js';
import { frame } from '../grpc/framing.ts';
import { singleMessage } from '../grpc/messages.ts';
import { firstValue } from '../grpc/metadata.ts';
import type { MethodHandler, Methods, ServerCall } from '../grpc/server.ts';
import { CallError } from '../grpc/server.ts';
import { grpcCodes } from '../grpc/status.ts';
import type { AgentSource, ByteChannel } from './buildServices.ts';
import { bytesMessage } from './bytesMessage.ts';

const { BytesMessage } = moby.buildkit.v1;
const { CheckAgentRequest } = session;

const defaultAgent = 'default';

export function sshForward(source: AgentSource): Methods {
  const checkAgent: MethodHandler = async (call) => {
    const id = CheckAgentRequest.decode(await singleMessage(call.messages)).id || defaultAgent;
    if (!(await source.hasAgent(id, call.signal))) throw noAgent(id);
    await call.write(frame(new Uint8Array()));
  };
  const forwardAgent: MethodHandler = async (call) => {
    const id = firstValue(call.metadata, 'buildkit.ssh.id') || defaultAgent;
    const agent = await source.connect(id, call.signal);
    if (agent === undefined) throw noAgent(id);
    try {
      await join(call, agent);
    } catch (thrown) {
      await agent.fail(call.signal.aborted ? cancelled() : PresyncError.from(thrown));
      throw thrown;
    }
  };
  return new Map([
    ['/moby.sshforward.v1.SSH/CheckAgent', checkAgent],
    ['/moby.sshforward.v1.SSH/ForwardAgent', forwardAgent],
  ]);
}

/** Until the agent ends; the step's end is passed on to it. */
async function join(call: ServerCall, agent: ByteChannel): Promise<void> {
  const asked = passOn(call, agent);
  const answered = (async () => {
    for await (const piece of agent.read()) await call.write(bytesMessage(piece));
  })();
  // Whichever fails ends both; but only the agent's own end is the end.
  await Promise.race([answered, asked.then(() => answered)]);
}

async function passOn(call: ServerCall, agent: ByteChannel): Promise<void> {
  for await (const message of call.messages) await agent.write(BytesMessage.decode(message).data);
  await agent.end();
}

function noAgent(id: string): CallError {
  return new CallError(grpcCodes.notFound, `There is no ssh agent "${id}".`);
}
