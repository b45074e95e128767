import { readAuthorizationPolicy } from './authorization-policy';
import type { Cursor } from './decode/cursor';
import type { DecodedResources } from './decoded';
import { readDestinationRule } from './destination-rule';
import { readEndpointSlice } from './endpoint-slice';
import { readGateway } from './gateway';
import { readNetworkPolicy } from './network-policy';
import { readPeerAuthentication } from './peer-authentication';
import { readPod, readWorkload, workloadKinds } from './pod';
import { readProxyConfig } from './proxy-config';
import { readVirtualService } from './read-virtual-service';
import { readService } from './service';
import { readServiceEntry, readWorkloadEntry } from './service-entry';
import { readSidecar } from './sidecar';

/** Where the objects of a kind go and how their spec is read. */
export interface KindReader {
  readonly groups: readonly string[];
  readonly list: Exclude<keyof DecodedResources, 'meshConfigs' | 'other'>;
  readonly clusterScoped?: boolean;
  readonly read: (spec: Cursor, object: Cursor) => unknown;
}

const networking = ['networking.istio.io'];
const security = ['security.istio.io'];

const workloadGroups = [
  'apps',
  'batch',
  'extensions',
  '',
  'argoproj.io',
  'apps.openshift.io',
  'apps.kruise.io',
];

/** The kinds that decide answers, by kind. Groups tell namesakes apart (Gateway API has a Gateway too). */
export const kindReaders: ReadonlyMap<string, KindReader> = new Map<string, KindReader>([
  ['Namespace', { groups: [''], list: 'namespaces', clusterScoped: true, read: () => ({}) }],
  ['Service', { groups: [''], list: 'services', read: readService }],
  ['Pod', { groups: [''], list: 'pods', read: readPod }],
  [
    'EndpointSlice',
    {
      groups: ['discovery.k8s.io'],
      list: 'endpointSlices',
      read: (_, object) => readEndpointSlice(object),
    },
  ],
  ...workloadKinds.map((kind): [string, KindReader] => [
    kind,
    {
      groups: workloadGroups,
      list: 'workloads',
      read: spec => readWorkload(kind, spec),
    },
  ]),
  ['ServiceEntry', { groups: networking, list: 'serviceEntries', read: readServiceEntry }],
  ['WorkloadEntry', { groups: networking, list: 'workloadEntries', read: readWorkloadEntry }],
  ['Sidecar', { groups: networking, list: 'sidecars', read: readSidecar }],
  ['VirtualService', { groups: networking, list: 'virtualServices', read: readVirtualService }],
  ['DestinationRule', { groups: networking, list: 'destinationRules', read: readDestinationRule }],
  ['Gateway', { groups: networking, list: 'gateways', read: readGateway }],
  ['ProxyConfig', { groups: networking, list: 'proxyConfigs', read: readProxyConfig }],
  [
    'PeerAuthentication',
    { groups: security, list: 'peerAuthentications', read: readPeerAuthentication },
  ],
  [
    'AuthorizationPolicy',
    { groups: security, list: 'authorizationPolicies', read: readAuthorizationPolicy },
  ],
  [
    'NetworkPolicy',
    {
      groups: ['networking.k8s.io', 'extensions'],
      list: 'networkPolicies',
      read: readNetworkPolicy,
    },
  ],
]);
