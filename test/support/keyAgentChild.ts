/** Starts an ssh agent for a key and prints its socket: keyAgentChild KEY FOLDER. */
import { startKeyAgent } from '../../src/client/services/keyAgent.ts';

const [key, folder] = process.argv.slice(2) as [string, string];
void startKeyAgent([key], folder).then(({ path }) => console.log(path));
setInterval(() => {}, 1000);
