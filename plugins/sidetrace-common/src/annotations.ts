/** `namespace/name` or `namespace/kind/name`, comma separated: the workloads of an entity. */
export const WORKLOAD_ANNOTATION = 'sidetrace.dev/workload';
/** `host[:port][/protocol]`, comma separated: external hosts that an entity needs. */
export const EXTERNAL_HOSTS_ANNOTATION = 'sidetrace.dev/external-hosts';

// The standard annotations of Backstage's Kubernetes plugin (https://backstage.io/docs/features/kubernetes/configuration).
export const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';
export const KUBERNETES_LABEL_SELECTOR_ANNOTATION = 'backstage.io/kubernetes-label-selector';
export const KUBERNETES_NAMESPACE_ANNOTATION = 'backstage.io/kubernetes-namespace';
export const KUBERNETES_CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';
