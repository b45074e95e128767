import type { Labels, Resource } from './resource';

export interface ServicePort {
  readonly name?: string;
  /** TCP, UDP or SCTP; TCP when unset. */
  readonly protocol: string;
  readonly appProtocol?: string;
  readonly port: number;
  /** Number, or the name of a container port; `port` when unset. */
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

/** Kubernetes Service. */
export interface ServiceSpec {
  readonly type: string;
  /** Empty when the manifest does not say; `None` is headless. */
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly externalName?: string;
  readonly externalIPs?: readonly string[];
  readonly selector?: Labels;
  readonly ports: readonly ServicePort[];
  readonly publishNotReadyAddresses?: boolean;
  readonly trafficDistribution?: string;
  readonly loadBalancerIngress?: readonly { readonly ip?: string; readonly hostname?: string }[];
}
export type Service = Resource<'Service', ServiceSpec>;
