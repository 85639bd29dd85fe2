/** The recipe is a file of the user's like any other: reading it is the workspace's business. */
export { readDockerfile } from '../workspace/contextFiles.ts';
