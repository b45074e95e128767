import { derive, type Mesh } from '../../mesh';
import type { Assumption } from '../../origin';
import type { PodSpec } from '../../resources';

/** The `nameserver` lines of a pod's /etc/resolv.conf, and what was taken as given. */
export interface NameServers {
  readonly nameservers: readonly string[];
  readonly assumption?: Assumption;
}

/** kubeadm's and most installers' address of the cluster's DNS service. */
const usualClusterDns = '10.96.0.10';

/** Addresses of the DNS service in kube-system, by the label that every distribution sets or its usual names. */
const clusterDns = derive(
  mesh => [mesh.resources.services],
  (mesh): readonly string[] => {
    const names = ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns', 'dns-default'];
    const service = mesh.resources.services.find(
      ({ metadata }) =>
        (metadata.namespace === 'kube-system' || metadata.namespace === 'openshift-dns') &&
        (names.includes(metadata.name) || metadata.labels['k8s-app'] === 'kube-dns'),
    );
    const { clusterIPs = [], clusterIP } = service?.spec ?? {};
    const all = clusterIPs.length > 0 ? clusterIPs : clusterIP === undefined ? [] : [clusterIP];
    return all.filter(ip => ip !== 'None');
  },
);

/** What kubelet writes: by dnsPolicy the cluster's DNS service, the pod's own list, or the node's servers, which nobody knows. */
export function nameServersOf(mesh: Mesh, spec: PodSpec): NameServers {
  const own = spec.dnsConfig?.nameservers ?? [];
  const policy = spec.dnsPolicy ?? 'ClusterFirst';
  if (policy === 'None') return { nameservers: own };
  const known = clusterDns(mesh);
  if (policy !== 'Default' && known.length > 0) return { nameservers: [...known, ...own] };
  const message =
    policy === 'Default'
      ? `the name servers of the node are not in the input; \`${usualClusterDns}\` is taken`
      : `the cluster's DNS service is not in the input; \`${usualClusterDns}\` is taken`;
  return {
    nameservers: [usualClusterDns, ...own],
    assumption: { code: 'name-servers-assumed', message },
  };
}
