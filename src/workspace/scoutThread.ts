/** A thread that runs ahead of a walk: see ScoutThreads. The composition root of dist/scout.js. */
import { workerData } from 'node:worker_threads';
import type { ScoutOrder } from './scout.ts';
import { scout } from './scout.ts';

scout(workerData as ScoutOrder);
