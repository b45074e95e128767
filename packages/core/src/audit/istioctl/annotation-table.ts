/** Where an Istio annotation may stand, and whether it is deprecated (`istio.io/api/annotation/annotations.yaml`). */
export interface AnnotationDefinition {
  readonly resources: readonly string[];
  readonly deprecated: boolean;
}

const on = (resources: readonly string[], names: readonly string[], deprecated = false) =>
  names.map((name): [string, AnnotationDefinition] => [name, { resources, deprecated }]);

/** Every annotation that Istio defines. */
export const annotationDefinitions: ReadonlyMap<string, AnnotationDefinition> = new Map([
  ...on(
    ['Any'],
    [
      'galley.istio.io/analyze-suppress',
      'gateway.istio.io/controller-version',
      'install.operator.istio.io/chart-owner',
      'install.operator.istio.io/owner-generation',
      'install.operator.istio.io/version',
    ],
  ),
  ...on(
    ['Pod'],
    [
      'ambient.istio.io/bypass-inbound-capture',
      'ambient.istio.io/dns-capture',
      'ambient.istio.io/redirection',
      'inject.istio.io/templates',
      'istio.io/reroute-virtual-interfaces',
      'istio.io/rev',
      'prometheus.istio.io/merge-metrics',
      'proxy.istio.io/config',
      'proxy.istio.io/overrides',
      'readiness.status.sidecar.istio.io/applicationPorts',
      'readiness.status.sidecar.istio.io/failureThreshold',
      'readiness.status.sidecar.istio.io/initialDelaySeconds',
      'readiness.status.sidecar.istio.io/periodSeconds',
      'sidecar.istio.io/agentLogLevel',
      'sidecar.istio.io/bootstrapOverride',
      'sidecar.istio.io/capNetBindService',
      'sidecar.istio.io/componentLogLevel',
      'sidecar.istio.io/enableCoreDump',
      'sidecar.istio.io/interceptionMode',
      'sidecar.istio.io/logLevel',
      'sidecar.istio.io/nativeSidecar',
      'sidecar.istio.io/proxyCPU',
      'sidecar.istio.io/proxyCPULimit',
      'sidecar.istio.io/proxyImage',
      'sidecar.istio.io/proxyImageType',
      'sidecar.istio.io/proxyMemory',
      'sidecar.istio.io/proxyMemoryLimit',
      'sidecar.istio.io/rewriteAppHTTPProbers',
      'sidecar.istio.io/statsCompression',
      'sidecar.istio.io/statsEvictionInterval',
      'sidecar.istio.io/statsFlushInterval',
      'sidecar.istio.io/statsHistogramBuckets',
      'sidecar.istio.io/status',
      'sidecar.istio.io/userVolume',
      'sidecar.istio.io/userVolumeMount',
      'status.sidecar.istio.io/port',
      'traffic.sidecar.istio.io/excludeInboundPorts',
      'traffic.sidecar.istio.io/excludeInterfaces',
      'traffic.sidecar.istio.io/excludeOutboundIPRanges',
      'traffic.sidecar.istio.io/excludeOutboundPorts',
      'traffic.sidecar.istio.io/includeInboundPorts',
      'traffic.sidecar.istio.io/includeOutboundIPRanges',
      'traffic.sidecar.istio.io/includeOutboundPorts',
    ],
  ),
  ...on(
    ['Pod'],
    [
      'sidecar.istio.io/discoveryAddress',
      'sidecar.istio.io/extraStatTags',
      'sidecar.istio.io/inject',
      'sidecar.istio.io/statsInclusionPrefixes',
      'sidecar.istio.io/statsInclusionRegexps',
      'sidecar.istio.io/statsInclusionSuffixes',
      'traffic.sidecar.istio.io/kubevirtInterfaces',
    ],
    true,
  ),
  ...on(
    ['Service'],
    ['alpha.istio.io/canonical-serviceaccounts', 'alpha.istio.io/kubernetes-serviceaccounts'],
    true,
  ),
  ...on(['Service'], ['networking.istio.io/exportTo', 'traffic.istio.io/nodeSelector']),
  ...on(['Service', 'ServiceEntry', 'Namespace'], ['networking.istio.io/traffic-distribution']),
  ...on(
    ['WorkloadEntry'],
    [
      'istio.io/autoRegistrationGroup',
      'istio.io/connectedAt',
      'istio.io/disconnectedAt',
      'istio.io/workloadController',
    ],
  ),
  ...on(['GatewayClass', 'Gateway'], ['ambient.istio.io/waypoint-inbound-binding']),
  ...on(
    ['Gateway'],
    [
      'gateway.istio.io/name-override',
      'gateway.istio.io/service-account',
      'networking.istio.io/address-type',
      'networking.istio.io/service-type',
    ],
  ),
  ...on(['AuthorizationPolicy'], ['istio.io/dry-run']),
  ...on(['Ingress'], ['kubernetes.io/ingress.class']),
  ...on(['Namespace'], ['topology.istio.io/controlPlaneClusters']),
]);
