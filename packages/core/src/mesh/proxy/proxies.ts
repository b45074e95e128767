import { type IpAddress, ipFamily } from '../../net';
import type { Assumption } from '../../origin';
import type { Labels, Pod } from '../../resources';
import { derive, getOrMake, podInputs } from '../derive';
import type { Mesh } from '../mesh';
import { asksForGateway, isInjected, proxyContainer, runsProxy } from '../workload/injected';
import { isLivePod, type PodView, podViewsOf } from '../workload/pod-view';
import { proxySettingsOf } from '../workload/settings-of';
import type { Workload } from '../workload/workload';
import { meshWorkloads, workloadOf } from '../workload/workloads';
import { proxyMetadata } from './metadata';
import type { Proxy } from './proxy';

type Annotations = Readonly<Record<string, string>>;

const own = (values: Labels | Annotations, key: string) =>
  Object.hasOwn(values, key) ? values[key] : undefined;

function ipModeOf(ips: readonly IpAddress[]): Proxy['ipMode'] {
  const families = new Set(ips.map(ipFamily));
  if (families.size === 2) return 'Dual';
  return families.has(6) ? 'IPv6' : 'IPv4';
}

/** A gateway runs `proxy router`, or will, by the injection template it asks for. */
function typeOf(view: PodView, annotations: Annotations): Proxy['type'] {
  const args = proxyContainer(view.spec)?.args ?? [];
  const isGateway = args.length === 0 && asksForGateway(annotations);
  return args.includes('router') || isGateway ? 'router' : 'sidecar';
}

const modes = ['REDIRECT', 'TPROXY', 'NONE'] as const;
type Mode = (typeof modes)[number];
const isMode = (value: string | undefined): value is Mode =>
  value !== undefined && modes.some(mode => mode === value);

function assumptionsOf(view: PodView): readonly Assumption[] {
  if (!view.assumed) return [];
  return [
    {
      code: 'pod-ip-assumed',
      message: `the input gives no address for \`${view.namespace}/${view.name}\`; \`${view.ips[0] ?? ''}\` is taken`,
      origin: view.origin,
    },
  ];
}

function buildProxy(mesh: Mesh, workload: Workload, view: PodView, pod: Pod | undefined): Proxy {
  const settings = proxySettingsOf(mesh, workload);
  const annotations = pod?.metadata.annotations ?? workload.annotations;
  const metadata = proxyMetadata(view.spec, settings);
  const asked = own(annotations, 'sidecar.istio.io/interceptionMode') ?? metadata.INTERCEPTION_MODE;
  return {
    id: `${view.name}.${view.namespace}`,
    type: typeOf(view, annotations),
    namespace: view.namespace,
    labels: view.labels,
    ips: view.ips,
    ipMode: ipModeOf(view.ips),
    metadata,
    interceptionMode: isMode(asked) ? asked : settings.config.interceptionMode,
    dnsDomain: `${view.namespace}.svc.${mesh.clusterDomain}`,
    serviceAccount: view.serviceAccount,
    workload,
    ...(pod === undefined ? {} : { pod }),
    assumptions: assumptionsOf(view),
  };
}

/** A pod read from a cluster has a proxy when it runs one; a manifest when the injector would add one. */
function hasProxy(mesh: Mesh, workload: Workload, pod: Pod): boolean {
  return isLivePod(pod) ? runsProxy(pod) : isInjected(mesh, workload);
}

function buildProxies(mesh: Mesh, workload: Workload): readonly Proxy[] {
  const views = podViewsOf(mesh, workload);
  if (workload.pods.length === 0) {
    return isInjected(mesh, workload)
      ? views.map(view => buildProxy(mesh, workload, view, undefined))
      : [];
  }
  return views.flatMap((view, index) => {
    const pod = workload.pods[index];
    return pod !== undefined && hasProxy(mesh, workload, pod)
      ? [buildProxy(mesh, workload, view, pod)]
      : [];
  });
}

const proxies = derive(
  mesh => [
    meshWorkloads(mesh),
    ...podInputs(mesh),
    mesh.options,
    mesh.discovered.proxyConfigs,
    mesh.meshConfig.config,
    mesh.clusterDomain,
  ],
  () => new Map<Workload, readonly Proxy[]>(),
);

/** The proxies of a workload: one for each pod that has one; where only the template is known, one with an assumed address. */
export function proxiesOf(mesh: Mesh, workload: Workload): readonly Proxy[] {
  return getOrMake(proxies(mesh), workload, () => buildProxies(mesh, workload));
}

/** The proxy of a pod of the input; `undefined` when there is no such pod or it has none. */
export function proxyOfPod(mesh: Mesh, namespace: string, name: string): Proxy | undefined {
  const workload = workloadOf(mesh, namespace, name);
  return workload === undefined
    ? undefined
    : proxiesOf(mesh, workload).find(({ pod }) => pod?.metadata.name === name);
}
