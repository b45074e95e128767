import type { Proxy } from '../proxy/proxy';

/**
 * Search list of the pod's resolv.conf: the cluster's three for `ClusterFirst`, then those of `dnsConfig`; with `None` only the
 * latter; with `Default`, and on the host network without `ClusterFirstWithHostNet`, the node's, which the input does not show
 * (Kubernetes `pkg/kubelet/network/dns`).
 */
export function searchDomainsOf(proxy: Proxy, clusterDomain: string): readonly string[] {
  const spec = proxy.pod?.spec ?? proxy.workload.template.spec;
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork = false } = spec;
  const extra = dnsConfig?.searches ?? [];
  const ofNode = dnsPolicy === 'Default' || (hostNetwork && dnsPolicy === 'ClusterFirst');
  if (dnsPolicy === 'None' || ofNode) return extra;
  const svc = `svc.${clusterDomain}`;
  return [`${proxy.namespace}.${svc}`, svc, clusterDomain, ...extra];
}
