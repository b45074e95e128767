import { type Cursor, field } from './decode/cursor';
import {
  compact,
  enumeration,
  integer,
  list,
  message,
  text,
  textMap,
  texts,
} from './decode/scalars';
import { type ConnectionPool, readConnectionPool } from './destination-rule';
import type { Labels, Resource } from './resource';

export interface SidecarPort {
  readonly number: number;
  readonly protocol?: string;
  readonly name?: string;
}
export type CaptureMode = 'DEFAULT' | 'IPTABLES' | 'NONE';

export interface EgressListener {
  readonly port?: SidecarPort;
  readonly bind?: string;
  readonly captureMode: CaptureMode;
  /** `namespace/dnsName` patterns. */
  readonly hosts: readonly string[];
}
export interface IngressListener {
  readonly port: SidecarPort;
  readonly bind?: string;
  readonly captureMode: CaptureMode;
  readonly defaultEndpoint?: string;
  readonly tls?: Readonly<Record<string, unknown>>;
  readonly connectionPool?: ConnectionPool;
}
export interface EgressProxy {
  readonly host: string;
  readonly port?: number;
  readonly subset?: string;
}
export interface SidecarOutboundPolicy {
  /** The zero value is REGISTRY_ONLY: a present but empty message means it. */
  readonly mode: 'REGISTRY_ONLY' | 'ALLOW_ANY';
  /** True when the manifest names the mode. */
  readonly modeGiven?: boolean;
  readonly egressProxy?: EgressProxy;
}
export interface SidecarSpec {
  readonly workloadSelector?: { readonly labels: Labels };
  readonly ingress: readonly IngressListener[];
  readonly egress: readonly EgressListener[];
  readonly outboundTrafficPolicy?: SidecarOutboundPolicy;
  readonly inboundConnectionPool?: ConnectionPool;
}
export type Sidecar = Resource<'Sidecar', SidecarSpec>;

const captureModes = ['DEFAULT', 'IPTABLES', 'NONE'] as const;
const outboundModes = ['REGISTRY_ONLY', 'ALLOW_ANY'] as const;

function readPort(cursor: Cursor): SidecarPort {
  return compact({
    number: integer(field(cursor, 'number')) ?? 0,
    protocol: text(field(cursor, 'protocol')),
    name: text(field(cursor, 'name')),
  });
}

function readEgress(cursor: Cursor): EgressListener {
  return compact({
    port: message(field(cursor, 'port'), readPort),
    bind: text(field(cursor, 'bind')),
    captureMode: enumeration(field(cursor, 'captureMode'), captureModes) ?? 'DEFAULT',
    hosts: texts(field(cursor, 'hosts')),
  });
}

function readIngress(cursor: Cursor): IngressListener {
  const tls = field(cursor, 'tls').value;
  return compact({
    port: message(field(cursor, 'port'), readPort) ?? { number: 0 },
    bind: text(field(cursor, 'bind')),
    captureMode: enumeration(field(cursor, 'captureMode'), captureModes) ?? 'DEFAULT',
    defaultEndpoint: text(field(cursor, 'defaultEndpoint')),
    tls: tls === undefined ? undefined : (tls as Readonly<Record<string, unknown>>),
    connectionPool: message(field(cursor, 'connectionPool'), readConnectionPool),
  });
}

/** `Destination` of an egress proxy; the port is `port.number`. */
export function readEgressProxy(cursor: Cursor): EgressProxy {
  return compact({
    host: text(field(cursor, 'host')) ?? '',
    port: integer(field(field(cursor, 'port'), 'number')),
    subset: text(field(cursor, 'subset')),
  });
}

export function readSidecar(spec: Cursor): SidecarSpec {
  return compact({
    workloadSelector: message(field(spec, 'workloadSelector'), item => ({
      labels: textMap(field(item, 'labels')),
    })),
    ingress: list(field(spec, 'ingress'), readIngress),
    egress: list(field(spec, 'egress'), readEgress),
    outboundTrafficPolicy: message(field(spec, 'outboundTrafficPolicy'), item =>
      compact({
        mode: enumeration(field(item, 'mode'), outboundModes) ?? 'REGISTRY_ONLY',
        modeGiven: field(item, 'mode').value === undefined ? undefined : true,
        egressProxy: message(field(item, 'egressProxy'), readEgressProxy),
      }),
    ),
    inboundConnectionPool: message(field(spec, 'inboundConnectionPool'), readConnectionPool),
  });
}
