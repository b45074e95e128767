import type { ApiResource } from './api-resource';
import { pluralOf } from './plural-of';

/** Kind, then short names; kinds of cluster scope are marked by `*`. */
type Row = string;

interface GroupTable {
  readonly group: string;
  readonly custom: boolean;
  /** Rows by the versions they are served in. */
  readonly served: readonly (readonly [versions: string, rows: readonly Row[]])[];
}

const tables: readonly GroupTable[] = [
  {
    group: '',
    custom: false,
    served: [
      [
        'v1',
        [
          'ConfigMap cm',
          'Endpoints ep',
          'Event ev',
          'LimitRange limits',
          '*Namespace ns',
          '*Node no',
          'PersistentVolumeClaim pvc',
          '*PersistentVolume pv',
          'Pod po',
          'PodTemplate',
          'ReplicationController rc',
          'ResourceQuota quota',
          'Secret',
          'ServiceAccount sa',
          'Service svc',
        ],
      ],
    ],
  },
  {
    group: 'apps',
    custom: false,
    served: [
      [
        'v1',
        [
          'ControllerRevision',
          'DaemonSet ds',
          'Deployment deploy',
          'ReplicaSet rs',
          'StatefulSet sts',
        ],
      ],
    ],
  },
  { group: 'batch', custom: false, served: [['v1', ['CronJob cj', 'Job']]] },
  { group: 'discovery.k8s.io', custom: false, served: [['v1', ['EndpointSlice']]] },
  {
    group: 'networking.k8s.io',
    custom: false,
    served: [['v1', ['*IngressClass', 'Ingress ing', 'NetworkPolicy netpol']]],
  },
  { group: 'policy', custom: false, served: [['v1', ['PodDisruptionBudget pdb']]] },
  { group: 'autoscaling', custom: false, served: [['v2 v1', ['HorizontalPodAutoscaler hpa']]] },
  {
    group: 'rbac.authorization.k8s.io',
    custom: false,
    served: [['v1', ['*ClusterRoleBinding', '*ClusterRole', 'RoleBinding', 'Role']]],
  },
  {
    group: 'admissionregistration.k8s.io',
    custom: false,
    served: [['v1', ['*MutatingWebhookConfiguration', '*ValidatingWebhookConfiguration']]],
  },
  {
    group: 'apiextensions.k8s.io',
    custom: false,
    served: [['v1', ['*CustomResourceDefinition crd crds']]],
  },
  {
    group: 'networking.istio.io',
    custom: true,
    served: [
      [
        'v1 v1beta1 v1alpha3',
        [
          'DestinationRule dr',
          'Gateway gw',
          'ServiceEntry se',
          'Sidecar',
          'VirtualService vs',
          'WorkloadEntry we',
          'WorkloadGroup wg',
        ],
      ],
      ['v1alpha3', ['EnvoyFilter']],
      ['v1beta1', ['ProxyConfig']],
    ],
  },
  {
    group: 'security.istio.io',
    custom: true,
    served: [
      [
        'v1 v1beta1',
        ['AuthorizationPolicy ap', 'PeerAuthentication pa', 'RequestAuthentication ra'],
      ],
    ],
  },
  { group: 'telemetry.istio.io', custom: true, served: [['v1 v1alpha1', ['Telemetry telemetry']]] },
  {
    group: 'extensions.istio.io',
    custom: true,
    served: [['v1alpha1', ['TrafficExtension', 'WasmPlugin']]],
  },
  {
    group: 'gateway.networking.k8s.io',
    custom: true,
    served: [
      ['v1 v1beta1', ['*GatewayClass gc', 'Gateway gtw', 'HTTPRoute']],
      ['v1', ['GRPCRoute']],
      ['v1beta1', ['ReferenceGrant refgrant']],
      ['v1alpha3 v1alpha2', ['TLSRoute']],
      ['v1alpha2', ['TCPRoute', 'UDPRoute']],
    ],
  },
];

/** What `kubectl get all` asks for (kubernetes `pkg/registry`, `Categories`). */
const inAll: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Service',
  'StatefulSet',
]);

function categoriesOf(group: string, kind: string): readonly string[] {
  if (group.endsWith('.istio.io')) return ['istio-io', group.replaceAll('.', '-')];
  return inAll.has(kind) ? ['all'] : [];
}

function resourceOf(table: GroupTable, versions: string, row: Row): ApiResource {
  const [mark = '', ...shortNames] = row.split(' ');
  const namespaced = !mark.startsWith('*');
  const kind = namespaced ? mark : mark.slice(1);
  return {
    group: table.group,
    versions: versions.split(' '),
    kind,
    plural: pluralOf(kind),
    namespaced,
    shortNames,
    categories: categoriesOf(table.group, kind),
    custom: table.custom,
  };
}

/**
 * The resources that are known without an example: those of Kubernetes that a service mesh has to do with,
 * Istio's and the Gateway API's, as the CustomResourceDefinitions of Istio 1.30 (`manifests/charts/base`) and
 * Kubernetes' own discovery name them.
 */
export const knownResources: readonly ApiResource[] = tables.flatMap(table =>
  table.served.flatMap(([versions, rows]) => rows.map(row => resourceOf(table, versions, row))),
);
