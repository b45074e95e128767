import type { ClientTls } from './client-tls';
import { readClientTls } from './client-tls';
import { type Cursor, field, isObject } from './decode/cursor';
import {
  boolean,
  compact,
  duration,
  integer,
  list,
  message,
  optionalTexts,
  text,
  textMap,
} from './decode/scalars';
import type { Labels, Resource } from './resource';

export interface LoadBalancer {
  readonly simple?: string;
  readonly consistentHash?: Readonly<Record<string, unknown>>;
  readonly localityLbSetting?: Readonly<Record<string, unknown>>;
}
export interface ConnectionPool {
  readonly connectTimeoutMs?: number;
  readonly h2UpgradePolicy?: string;
  readonly useClientProtocol?: boolean;
}
export interface TrafficPolicy {
  readonly tls?: ClientTls;
  readonly loadBalancer?: LoadBalancer;
  readonly connectionPool?: ConnectionPool;
  readonly outlierDetection?: Readonly<Record<string, unknown>>;
  readonly portLevelSettings: readonly PortTrafficPolicy[];
  readonly tunnel?: {
    readonly protocol?: string;
    readonly targetHost: string;
    readonly targetPort: number;
  };
  readonly proxyProtocol?: Readonly<Record<string, unknown>>;
}
export interface PortTrafficPolicy extends Omit<TrafficPolicy, 'portLevelSettings' | 'tunnel'> {
  readonly port: number;
}
export interface Subset {
  readonly name: string;
  readonly labels: Labels;
  readonly trafficPolicy?: TrafficPolicy;
}
export interface DestinationRuleSpec {
  readonly host: string;
  readonly trafficPolicy?: TrafficPolicy;
  readonly subsets: readonly Subset[];
  readonly exportTo?: readonly string[];
  readonly workloadSelector?: { readonly labels: Labels };
}
export type DestinationRule = Resource<'DestinationRule', DestinationRuleSpec>;

const record = (cursor: Cursor) => (isObject(cursor.value) ? cursor.value : undefined);

/** Of a DestinationRule or a Sidecar. */
export function readConnectionPool(cursor: Cursor): ConnectionPool {
  const http = field(cursor, 'http');
  return compact({
    connectTimeoutMs: duration(field(field(cursor, 'tcp'), 'connectTimeout')),
    h2UpgradePolicy: text(field(http, 'h2UpgradePolicy')),
    useClientProtocol: boolean(field(http, 'useClientProtocol')),
  });
}

function readCommon(cursor: Cursor) {
  return {
    tls: message(field(cursor, 'tls'), readClientTls),
    loadBalancer: message(field(cursor, 'loadBalancer'), item =>
      compact({
        simple: text(field(item, 'simple')),
        consistentHash: record(field(item, 'consistentHash')),
        localityLbSetting: record(field(item, 'localityLbSetting')),
      }),
    ),
    connectionPool: message(field(cursor, 'connectionPool'), readConnectionPool),
    outlierDetection: record(field(cursor, 'outlierDetection')),
    proxyProtocol: record(field(cursor, 'proxyProtocol')),
  };
}

function readPortPolicy(cursor: Cursor): PortTrafficPolicy {
  return compact({
    ...readCommon(cursor),
    port: integer(field(field(cursor, 'port'), 'number')) ?? 0,
  });
}

function readTunnel(cursor: Cursor): NonNullable<TrafficPolicy['tunnel']> {
  return compact({
    protocol: text(field(cursor, 'protocol')),
    targetHost: text(field(cursor, 'targetHost')) ?? '',
    targetPort: integer(field(cursor, 'targetPort')) ?? 0,
  });
}

function readTrafficPolicy(cursor: Cursor): TrafficPolicy {
  return compact({
    ...readCommon(cursor),
    portLevelSettings: list(field(cursor, 'portLevelSettings'), readPortPolicy),
    tunnel: message(field(cursor, 'tunnel'), readTunnel),
  });
}

function readSubset(cursor: Cursor): Subset {
  return compact({
    name: text(field(cursor, 'name')) ?? '',
    labels: textMap(field(cursor, 'labels')),
    trafficPolicy: message(field(cursor, 'trafficPolicy'), readTrafficPolicy),
  });
}

export function readDestinationRule(spec: Cursor): DestinationRuleSpec {
  return compact({
    host: text(field(spec, 'host')) ?? '',
    trafficPolicy: message(field(spec, 'trafficPolicy'), readTrafficPolicy),
    subsets: list(field(spec, 'subsets'), readSubset),
    exportTo: optionalTexts(field(spec, 'exportTo')),
    workloadSelector: message(field(spec, 'workloadSelector'), item => ({
      labels: textMap(field(item, 'matchLabels')),
    })),
  });
}
