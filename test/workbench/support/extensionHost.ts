import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

/** With this in NODE_OPTIONS a debugger gets a port that is free. */
export const anyInspectorPort = '--inspect-port=0';

/** The processes of extension hosts below a VS Code server. Linux only. */
export function extensionHosts(serverPid: number): number[] {
  return descendants(serverPid).filter((pid) => commandLine(pid).includes('--type=extensionHost'));
}

/** A debugger at an extension host. */
export class HostDebugger {
  readonly #session: DebuggerSession;
  readonly #workers: string[] = [];

  private constructor(session: DebuggerSession) {
    this.#session = session;
    session.onEvent('NodeWorker.attachedToWorker', ({ sessionId }) => this.#workers.push(String(sessionId)));
  }

  /** The host needs `anyInspectorPort`. */
  static async attach(hostPid: number): Promise<HostDebugger> {
    process.kill(hostPid, 'SIGUSR1');
    const attached = new HostDebugger(await DebuggerSession.open(await listeningPort(hostPid)));
    await attached.#session.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return attached;
  }

  /** Ends every worker thread, as a crash would: whatever it is doing is interrupted. Returns how many there were. */
  async crashWorkers(): Promise<number> {
    const workers = this.#workers.splice(0);
    for (const sessionId of workers) {
      const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'process.exit(1)' } });
      await this.#session.send('NodeWorker.sendMessageToWorker', { sessionId, message });
    }
    return workers.length;
  }

  close(): void {
    this.#session.close();
  }
}

/** The DevTools protocol over a WebSocket. */
class DebuggerSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, () => void>();
  readonly #listeners = new Map<string, (params: Record<string, unknown>) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const { id, method, params } = JSON.parse(data.toString()) as {
        id?: number;
        method?: string;
        params?: Record<string, unknown>;
      };
      if (id !== undefined) this.#waiting.get(id)?.();
      else if (method !== undefined) this.#listeners.get(method)?.(params ?? {});
    });
  }

  static async open(port: number): Promise<DebuggerSession> {
    const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as [
      { webSocketDebuggerUrl: string },
    ];
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new DebuggerSession(socket);
  }

  onEvent(method: string, listener: (params: Record<string, unknown>) => void): void {
    this.#listeners.set(method, listener);
  }

  send(method: string, params: object): Promise<void> {
    const id = ++this.#lastId;
    const answered = new Promise<void>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answered;
  }

  close(): void {
    this.#socket.close();
  }
}

/** The port on this machine that a process listens at; waits until there is one. */
async function listeningPort(pid: number): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const inodes = new Set(socketInodes(pid));
    for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && inodes.has(inode ?? '')) return Number.parseInt(local!.split(':')[1]!, 16);
    }
    await sleep(50);
  }
  throw new Error(`process ${pid} does not listen for a debugger`);
}

function socketInodes(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`)) ?? [];
      return inode === undefined ? [] : [inode];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((other) => other > 0 && parentOf(other) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[1]);
  } catch {
    return undefined;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
