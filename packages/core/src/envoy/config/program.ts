import type { Cluster } from './cluster';
import type { Listener } from './listener';
import type { RouteConfig } from './route-config';

/**
 * The configuration of one Envoy, asked for piece by piece so that a compiler need not make what nobody looks at. Equal
 * arguments give the same object.
 */
export interface EnvoyProgram {
  /** Takes connections that the kernel redirects on their way out (`virtualOutbound`); absent: nothing is redirected. */
  readonly outboundCapture: Listener | undefined;
  /** Takes connections that the kernel redirects on their way in (`virtualInbound`). */
  readonly inboundCapture: Listener | undefined;
  /** Listener bound to exactly this address (or wildcard address) and port. */
  readonly listener: (address: string, port: number) => Listener | undefined;
  readonly routeConfig: (name: string) => RouteConfig | undefined;
  readonly cluster: (name: string) => Cluster | undefined;
}
