import type { SshDestination } from '../../base/ssh.ts';

/** Where an engine answers. `label` names it for people. */
export type EngineEndpoint = UnixEndpoint | PipeEndpoint | TcpEndpoint | SshEndpoint;

/** By the docker CLI on another host, see sshDial.ts. */
export interface SshEndpoint extends SshDestination {
  readonly kind: 'ssh';
  /** Of the engine's socket there; undefined for the one that docker uses there. */
  readonly socket: string | undefined;
  readonly label: string;
}

export interface UnixEndpoint {
  readonly kind: 'unix';
  /** Of the socket. */
  readonly path: string;
  readonly label: string;
}

export interface PipeEndpoint {
  readonly kind: 'npipe';
  /** Of the named pipe: `\\.\pipe\…`. */
  readonly path: string;
  readonly label: string;
}

export interface TcpEndpoint {
  readonly kind: 'tcp';
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Undefined for an open port. */
  readonly tls: TlsFiles | undefined;
  readonly label: string;
}

/** The docker client's TLS material, as paths of PEM files; undefined where there is none. */
export interface TlsFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** Whether the engine's certificate must be valid for its host. */
  readonly verify: boolean;
}
