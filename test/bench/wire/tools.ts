/** The ways to bring a folder to the far side that are compared. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Engine } from '../../support/engines.ts';
import { FolderClient } from '../../support/folderClient.ts';
import { timed } from '../warmRig.ts';
import type { FarSide } from './farSide.ts';
import type { WireProxy } from './wireProxy.ts';

const run = promisify(execFile);

export const toolNames = ['presync', 'docker build', 'rsync -az', 'tar in a POST'] as const;
export type ToolName = (typeof toolNames)[number];

export interface Measured {
  /** Both directions together. */
  readonly bytes: number;
  readonly ms: number;
}

export interface Tool {
  readonly name: ToolName;
  sync(): Promise<Measured>;
}

/** All of them for one folder. The order in which they run is theirs. */
export async function openTools(folder: string, home: string, far: FarSide, engine: Engine): Promise<Tool[]> {
  const { proxies } = far;
  const client = await FolderClient.of(folder, join(home, 'cache'), 'unix:///nowhere');
  const shell = (command: string) => run('bash', ['-o', 'pipefail', '-c', command], { maxBuffer: 64 << 20 });
  const api = `http://127.0.0.1:${proxies.engine.port}`;
  const name = folder.split('/').at(-1)!;
  return [
    tool('presync', proxies.daemon, () => client.push(far)),
    tool('docker build', proxies.engine, () =>
      run(engine.cli, ['-H', `tcp://127.0.0.1:${proxies.engine.port}`, 'build', '-q', '-t', 'presync-wire', folder]),
    ),
    tool('rsync -az', proxies.rsync, () =>
      shell(`rsync -az --delete --exclude .git '${folder}/' rsync://127.0.0.1:${proxies.rsync.port}/bench/${name}/`),
    ),
    tool('tar in a POST', proxies.engine, () =>
      shell(
        `tar -C '${folder}' --exclude .git -cf - . | curl -sSf -T - -X POST -H 'Content-Type: application/x-tar' ` +
          `'${api}/build?dockerfile=empty.Dockerfile'`,
      ),
    ),
  ];
}

function tool(name: ToolName, proxy: WireProxy, sync: () => Promise<unknown>): Tool {
  return {
    name,
    async sync() {
      proxy.reset();
      const ms = await timed(sync);
      return { bytes: proxy.bytes, ms };
    },
  };
}
