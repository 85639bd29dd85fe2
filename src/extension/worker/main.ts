/** The worker of the extension: scanning, hashing and the socket, so that the extension host is never blocked. */
import { parentPort } from 'node:worker_threads';

parentPort?.postMessage({ type: 'ready' });
