/** What a registry is asked with. It is a secret: never kept, never in a log. */
export interface RegistryAccount {
  /** '' means that the secret is a token of the registry's identity service. */
  readonly name: string;
  readonly secret: string;
}
