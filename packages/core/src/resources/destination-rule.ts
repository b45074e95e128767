import type { ClientTls } from './client-tls';
import type { Labels, Resource } from './resource';

export interface LoadBalancer {
  readonly simple?: string;
  readonly consistentHash?: Readonly<Record<string, unknown>>;
  readonly localityLbSetting?: Readonly<Record<string, unknown>>;
}
export interface TrafficPolicy {
  readonly tls?: ClientTls;
  readonly loadBalancer?: LoadBalancer;
  readonly connectionPool?: {
    readonly connectTimeoutMs?: number;
    readonly h2UpgradePolicy?: string;
    readonly useClientProtocol?: boolean;
  };
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
