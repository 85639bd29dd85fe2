/** What a builder gets itself: git repositories, and archives or Dockerfiles at URLs. */
const remote = /^(?:(?:https?|git|ssh):\/\/|[\w.-]+@[\w.-]+:|github\.com\/)/i;

export function isRemoteUrl(text: string): boolean {
  return remote.test(text);
}
