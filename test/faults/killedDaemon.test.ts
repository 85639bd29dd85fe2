/**
 * kill -9 of the real daemon, at each step of a push, a commit, a prime and a build, and at any moment: it comes back with
 * every snapshot that it had acknowledged, and the next build has the right bytes. What is right is said by a walk of the
 * folder and a reading of the image that share nothing with the product.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import { formatDigest } from '../../src/context/digest.ts';
import { daemonSteps } from '../../src/daemon/crashSteps.ts';
import { storeSteps } from '../../src/store/crashSteps.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { EditedContext } from '../support/editedContext.ts';
import { useEngine } from '../support/engines.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { FolderClient } from '../support/folderClient.ts';
import { noise } from '../support/madeContexts.ts';
import { useBundles } from '../support/otherVersions.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

const engine = useEngine('trixie');
const dist = useBundles('--crash-points');
const kills = rounds(50);
const randomKills = rounds(1000);
/** A collection needs hours to have something to do: see killedStore.test.ts. */
const steps = [...storeSteps.filter((step) => !step.startsWith('collect')), ...daemonSteps];

/** A folder that is edited and built, and daemons that die meanwhile. */
class Scene {
  readonly random = new SeededRandom();
  readonly #home = temporaryFolder();
  readonly #context: EditedContext;
  readonly #client: FolderClient;
  readonly #tag = temporaryTag(engine.api);
  #daemon: DaemonProcess | undefined;
  #edits = 0;
  /** The snapshot that the daemon has acknowledged last. */
  #acknowledged = '';

  private constructor(context: EditedContext, client: FolderClient) {
    this.#context = context;
    this.#client = client;
    onTestFinished(() => this.#daemon?.kill());
  }

  static async make(): Promise<Scene> {
    const context = new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
    return new Scene(context, await FolderClient.of(context.root, temporaryFolder(), engine.host));
  }

  /** Starts a daemon; returns how long that took. */
  async start(crashAt?: string): Promise<number> {
    const env: Record<string, string> = crashAt === undefined ? {} : { PRESYNC_CRASH_AT: crashAt };
    const began = performance.now();
    this.#daemon = await DaemonProcess.start({ home: this.#home, dist, env, builder: engine.host });
    return performance.now() - began;
  }

  edit(): void {
    this.#edits++;
    for (let i = 0; i < 3; i++) this.#context.edit();
    // Files that are sent by themselves, and one of several chunks.
    rmSync(join(this.#context.root, 'large'), { recursive: true, force: true });
    for (let i = 0; i < 6; i++) {
      this.#context.write(`large/${i}`, noise(i === 0 ? 600_000 : 30_000, this.#edits * 10 + i).toString('latin1'));
    }
  }

  /** Edits and builds; returns false when the daemon died of it, in which case the client was told in the agreed way. */
  async survives(): Promise<boolean> {
    this.edit();
    const began = folderDigest(this.#context.root);
    try {
      await this.#client.build(this.#daemon!, this.#tag);
      this.#acknowledged = began;
    } catch (thrown) {
      expect(PresyncError.from(thrown).code).toMatch(/^(LINK_LOST|DAEMON_|OPERATION_TIMEOUT)/);
      const { signal } = await this.#daemon!.ended;
      expect(signal, this.#daemon!.words).toBe('SIGKILL');
    }
    return this.#daemon!.runs;
  }

  collect(): void {
    this.#daemon!.upkeep('gc').catch(() => {});
  }

  async kill(): Promise<void> {
    await this.#daemon!.kill();
  }

  /** The daemon of now, another one than died: it has what was acknowledged, or what was pushed behind it. */
  async check(): Promise<void> {
    const expected = folderDigest(this.#context.root);
    const { contexts } = await this.#daemon!.status();
    const held = contexts[0]?.snapshot ?? '';
    expect([this.#acknowledged, expected]).toContain(held);
    const { snapshot, sent } = await this.#client.build(this.#daemon!, this.#tag);
    expect(formatDigest(snapshot)).toBe(expected);
    if (held === expected) expect(sent.files).toBe(0);
    expect(await this.#context.differences(engine.api, this.#tag)).toEqual([]);
    this.#acknowledged = expected;
  }

  async verify(): Promise<void> {
    expect(await this.#daemon!.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
  }
}

describe('what was acknowledged outlives kill -9', () => {
  test.each(steps)(
    'at %s',
    async (step) => {
      const scene = await Scene.make();
      for (let round = 0; round < kills; round++) {
        await scene.start(`${step}:${1 + scene.random.below(3)}`);
        for (let builds = 1; await scene.survives(); builds++)
          expect(builds, 'builds without a crash').toBeLessThan(20);
        await scene.start();
        await scene.check();
        await scene.kill();
      }
      await scene.start();
      await scene.verify();
      printFigure(`kills of the daemon at ${step}, nothing lost`, `${kills}`, '50');
    },
    faultTimeout,
  );

  test(
    'at any moment',
    async () => {
      const scene = await Scene.make();
      await scene.start();
      // The first takes longer than those that come.
      expect(await scene.survives()).toBe(true);
      const began = performance.now();
      expect(await scene.survives()).toBe(true);
      const whole = Math.ceil(performance.now() - began);
      await scene.check();
      let struck = 0;
      for (let kill = 0; kill < randomKills; kill++) {
        const survived = scene.survives();
        if (scene.random.below(2) === 0) scene.collect();
        await sleep(scene.random.below(whole));
        await scene.kill();
        if (!(await survived)) struck++;
        await scene.start();
        await scene.check();
      }
      await scene.verify();
      expect(struck, 'kills that met a build under way').toBeGreaterThan(randomKills / 10);
      printFigure('kills of the daemon at any moment, nothing lost', `${randomKills}`, '1,000');
    },
    faultTimeout,
  );
});
