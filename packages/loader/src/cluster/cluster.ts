import type { Connection, Pace } from './request';

/** A cluster whose API server answers. */
export interface Cluster {
  /** Name of the context or of the server: `prod`. */
  readonly name: string;
  /** URL of the API server. */
  readonly server: string;
  /** Version of Kubernetes, for example `v1.32.4`; undefined when the server does not tell. */
  readonly version: string | undefined;
  readonly connection: Connection;
  /** How patiently requests are tried again. */
  readonly pace: Pace;
}
