import type { Labels, Resource } from './resource';

export interface ServerTls {
  readonly mode: string;
  readonly httpsRedirect?: boolean;
  readonly credentialName?: string;
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly minProtocolVersion?: string;
}
export interface GatewayServer {
  readonly port: {
    readonly number: number;
    readonly protocol: string;
    readonly name?: string;
    readonly targetPort?: number;
  };
  readonly bind?: string;
  readonly hosts: readonly string[];
  readonly tls?: ServerTls;
  readonly name?: string;
}
export interface GatewaySpec {
  readonly servers: readonly GatewayServer[];
  readonly selector: Labels;
}
/** `networking.istio.io` Gateway. */
export type Gateway = Resource<'Gateway', GatewaySpec>;
