/** More events than a watcher keeps up with: what a build would use afterwards is what an independent walk finds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished, describe, expect, test } from 'vitest';
import { formatDigest } from '../../src/context/digest.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { useWatchBackends, watchBackends } from '../support/watchBackends.ts';
import { WatchedFolder } from '../support/watchedFolder.ts';
import { WorkspaceFolder } from '../support/workspaceFolder.ts';

useWatchBackends();

const changes = 10_000;
const blockedMs = 5000;

/** Writes, renames, deletes and makes folders, as many `changes` as are asked for, spread over a second. */
const stormer = `const fs=require('fs'),[root,seed,changes]=process.argv.slice(1);process.chdir(root);
  const gate=new Int32Array(new SharedArrayBuffer(4)),start=Date.now();let state=Number(seed);
  const below=(n)=>(state=(Math.imul(state,1664525)+1013904223)>>>0)%n;
  const acts=[(a)=>fs.writeFileSync(a,String(below(1e6))),(a,b)=>fs.renameSync(a,b),(a)=>fs.rmSync(a),
    (a)=>{const d=a.split('/')[0];fs.renameSync(d,'away');fs.renameSync('away',d);},
    (a)=>fs.mkdirSync('new'+below(20)+'/sub',{recursive:true}),(a)=>fs.writeFileSync('new'+below(20)+'/sub/f','x')];
  const file=()=>'d'+below(50)+'/f'+below(40);
  for(let i=0;i<changes;i++){
    try{acts[below(8)%acts.length](file(),file());}catch{}
    const early=start+i/changes*1000-Date.now();if(early>1)Atomics.wait(gate,0,0,early);}`;

describe.each(watchBackends)('with $name', (backend) => {
  test.each([
    [rounds(100, 3), 'storms', false],
    [rounds(10, 1), 'storms while the event loop is blocked', true],
  ])(
    '%i %s leave nothing stale',
    async (count, what, blocked) => {
      const random = new SeededRandom();
      const folder = new WorkspaceFolder();
      for (let i = 0; i < 2000; i++) folder.write(`d${i % 50}/f${Math.floor(i / 50)}`, `${i}`);
      const watched = await WatchedFolder.of(folder, [backend]);
      let missed = 0;
      for (let storm = 0; storm < count; storm++) {
        const seed = String(1 + random.below(2 ** 31));
        const child = spawn(process.execPath, ['-e', stormer, folder.root, seed, String(changes)]);
        onTestFinished(() => void child.kill('SIGKILL'));
        const ended = once(child, 'exit');
        if (blocked) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockedMs);
        expect(await ended).toEqual([0, null]);
        let digest = formatDigest((await watched.sync()).digest);
        const there = folderDigest(folder.root);
        // A build by @parcel/watcher rests on its proof: see test/property/workspace.test.ts.
        if (digest !== there && backend.name !== 'chokidar') {
          missed++;
          digest = formatDigest((await watched.scan()).digest);
        }
        expect(digest, `storm ${storm}, seed ${seed}`).toBe(there);
      }
      printFigure(
        `${what} by ${backend.name}, nothing stale`,
        `${count}, ${missed} by the proof`,
        blocked ? '10' : '100',
      );
    },
    faultTimeout,
  );
});
