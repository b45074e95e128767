/** A kind of which a cluster's objects are read. */
export interface ReadKind {
  /** API group; empty for the core group. */
  readonly group: string;
  /** Versions that can be decoded; which one is asked for is the cluster's choice. */
  readonly versions: readonly [string, ...string[]];
  readonly kind: string;
  /** Name in URLs and in rules of RBAC. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** Only objects with certain names are asked for, each by its name; see `configMapNames`. */
  readonly byName?: true;
}

type Row = readonly [kind: string, plural: string];

const kindsOf =
  (isNamespaced: boolean) =>
  (group: string, versions: ReadKind['versions'], rows: readonly Row[]): readonly ReadKind[] =>
    rows.map(([kind, plural]) => ({ group, versions, kind, plural, isNamespaced }));

const namespaced = kindsOf(true);
const clusterWide = kindsOf(false);

/**
 * The kinds whose objects decide answers or findings, in the order in which they are read. Never Secrets: no answer
 * needs their contents.
 */
export const readKinds: readonly ReadKind[] = [
  ...clusterWide(
    '',
    ['v1'],
    [
      ['Namespace', 'namespaces'],
      ['Node', 'nodes'],
    ],
  ),
  ...clusterWide(
    'admissionregistration.k8s.io',
    ['v1'],
    [['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations']],
  ),
  ...namespaced(
    'apps',
    ['v1'],
    [
      ['Deployment', 'deployments'],
      ['StatefulSet', 'statefulsets'],
      ['DaemonSet', 'daemonsets'],
      ['ReplicaSet', 'replicasets'],
    ],
  ),
  ...namespaced(
    'batch',
    ['v1'],
    [
      ['CronJob', 'cronjobs'],
      ['Job', 'jobs'],
    ],
  ),
  ...namespaced('argoproj.io', ['v1alpha1'], [['Rollout', 'rollouts']]),
  ...namespaced('apps.openshift.io', ['v1'], [['DeploymentConfig', 'deploymentconfigs']]),
  ...namespaced('apps.kruise.io', ['v1alpha1'], [['CloneSet', 'clonesets']]),
  ...namespaced(
    '',
    ['v1'],
    [
      ['ReplicationController', 'replicationcontrollers'],
      ['Pod', 'pods'],
      ['Service', 'services'],
    ],
  ),
  ...namespaced('discovery.k8s.io', ['v1'], [['EndpointSlice', 'endpointslices']]),
  ...namespaced('networking.k8s.io', ['v1'], [['NetworkPolicy', 'networkpolicies']]),
  ...namespaced(
    'networking.istio.io',
    ['v1', 'v1beta1', 'v1alpha3'],
    [
      ['ServiceEntry', 'serviceentries'],
      ['WorkloadEntry', 'workloadentries'],
      ['WorkloadGroup', 'workloadgroups'],
      ['Sidecar', 'sidecars'],
      ['VirtualService', 'virtualservices'],
      ['DestinationRule', 'destinationrules'],
      ['Gateway', 'gateways'],
      ['ProxyConfig', 'proxyconfigs'],
      ['EnvoyFilter', 'envoyfilters'],
    ],
  ),
  ...namespaced(
    'security.istio.io',
    ['v1', 'v1beta1'],
    [
      ['PeerAuthentication', 'peerauthentications'],
      ['RequestAuthentication', 'requestauthentications'],
      ['AuthorizationPolicy', 'authorizationpolicies'],
    ],
  ),
  ...namespaced('telemetry.istio.io', ['v1', 'v1alpha1'], [['Telemetry', 'telemetries']]),
  ...namespaced(
    'extensions.istio.io',
    ['v1alpha1'],
    [
      ['WasmPlugin', 'wasmplugins'],
      ['TrafficExtension', 'trafficextensions'],
    ],
  ),
  ...namespaced(
    'gateway.networking.k8s.io',
    ['v1', 'v1beta1', 'v1alpha3', 'v1alpha2'],
    [
      ['HTTPRoute', 'httproutes'],
      ['GRPCRoute', 'grpcroutes'],
      ['TLSRoute', 'tlsroutes'],
      ['TCPRoute', 'tcproutes'],
    ],
  ),
  {
    group: '',
    versions: ['v1'],
    kind: 'ConfigMap',
    plural: 'configmaps',
    isNamespaced: true,
    byName: true,
  },
];

/** `serviceentries.networking.istio.io`, as messages of the API server name a resource. */
export const resourceName = ({ plural, group }: ReadKind): string =>
  group === '' ? plural : `${plural}.${group}`;
