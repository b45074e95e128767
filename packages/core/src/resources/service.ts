import { type Cursor, field } from './decode/cursor';
import {
  boolean,
  compact,
  integer,
  integerOrText,
  list,
  optionalTexts,
  text,
  textMap,
} from './decode/scalars';
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
  /** `Local`: endpoints of the client's own node only. */
  readonly internalTrafficPolicy?: string;
  readonly trafficDistribution?: string;
  readonly loadBalancerIngress?: readonly { readonly ip?: string; readonly hostname?: string }[];
}
export type Service = Resource<'Service', ServiceSpec>;

function readPort(cursor: Cursor): ServicePort | undefined {
  const port = integer(field(cursor, 'port'));
  if (port === undefined) return undefined;
  return compact({
    name: text(field(cursor, 'name')),
    protocol: text(field(cursor, 'protocol')) ?? 'TCP',
    appProtocol: text(field(cursor, 'appProtocol')),
    port,
    targetPort: integerOrText(field(cursor, 'targetPort')),
    nodePort: integer(field(cursor, 'nodePort')),
  });
}

const readIngress = (cursor: Cursor) =>
  compact({ ip: text(field(cursor, 'ip')), hostname: text(field(cursor, 'hostname')) });

export function readService(spec: Cursor, object: Cursor): ServiceSpec {
  const selector = field(spec, 'selector');
  const ingress = field(field(field(object, 'status'), 'loadBalancer'), 'ingress');
  return compact({
    type: text(field(spec, 'type')) ?? 'ClusterIP',
    clusterIP: text(field(spec, 'clusterIP')),
    clusterIPs: optionalTexts(field(spec, 'clusterIPs')),
    ipFamilies: optionalTexts(field(spec, 'ipFamilies')),
    externalName: text(field(spec, 'externalName')),
    externalIPs: optionalTexts(field(spec, 'externalIPs')),
    selector: selector.value === undefined ? undefined : textMap(selector),
    ports: list(field(spec, 'ports'), readPort),
    publishNotReadyAddresses: boolean(field(spec, 'publishNotReadyAddresses')),
    internalTrafficPolicy: text(field(spec, 'internalTrafficPolicy')),
    trafficDistribution: text(field(spec, 'trafficDistribution')),
    loadBalancerIngress: ingress.value === undefined ? undefined : list(ingress, readIngress),
  });
}
