import { type IpAddress, parseIp } from '../../net';
import type { ObjectRef, Origin } from '../../origin';
import type { Labels, Pod, PodSpec } from '../../resources';
import { assumeAddresses, podRange } from '../addresses/assume-addresses';
import { derive, getOrMake, podInputs, pushTo } from '../derive';
import { labelTlsMode } from '../endpoints/workload-entry';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import { asksForGateway, isInjected } from './injected';
import type { Workload } from './workload';
import { meshWorkloads } from './workloads';

/** A pod as the registry sees it: one of the input, or the one that stands for a workload of which only the template is known. */
export interface PodView {
  readonly ref: ObjectRef;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  readonly ips: readonly IpAddress[];
  readonly ready: boolean;
  readonly hostname: string;
  readonly subdomain: string;
  readonly serviceAccount: string;
  readonly tlsMode: 'istio' | 'disabled';
  readonly origin: Origin;
  /** True when the address is ours. */
  readonly assumed: boolean;
  /** `declared`: from a manifest, to which controllers and the injector add labels. */
  readonly labelsKnown: 'all' | 'declared';
  /** Address of its node. */
  readonly hostIp?: IpAddress;
}

const finished = new Set(['Succeeded', 'Failed']);

/** Addresses in `status`, the primary one first. */
export function podIps({ spec: { status } }: Pod): readonly IpAddress[] {
  const texts = [...(status.podIP === undefined ? [] : [status.podIP]), ...(status.podIPs ?? [])];
  const parsed = [...new Set(texts)].flatMap(text => parseIp(text) ?? []);
  return parsed.length < 2 ? parsed : [...new Set(parsed)];
}

/** True when the pod was read from a cluster: its status or its node is there. */
export function isLivePod({ spec }: Pod): boolean {
  const { podIP, phase } = spec.status;
  return podIP !== undefined || phase !== undefined || spec.nodeName !== undefined;
}

export const podKey = (namespace: string, name: string) => `pod/${namespace}/${name}`;
const syntheticName = ({ ref }: Workload) =>
  ref.kind === 'StatefulSet' ? `${ref.name}-0` : ref.name;

const isRunnable = ({ resource, ref }: Workload) =>
  resource?.spec.replicas !== 0 && ref.kind !== 'CronJob' && ref.kind !== 'Job';

/** Workloads that the input shows without pods. */
function templatesOnly(mesh: Mesh): readonly Workload[] {
  return meshWorkloads(mesh).filter(({ pods }) => pods.length === 0);
}

/** Addresses for pods that have none, by `pod/namespace/name`. */
export const assumedPodIps = derive(
  mesh => [meshWorkloads(mesh), mesh.resources.pods, mesh.options],
  (mesh): ReadonlyMap<string, IpAddress> => {
    const { pods } = mesh.resources;
    const bare = pods
      .filter(({ spec: { status } }) => status.podIP === undefined && status.podIPs === undefined)
      .map(({ metadata }) => podKey(metadata.namespace ?? '', metadata.name));
    const templates = templatesOnly(mesh).map(item =>
      podKey(item.ref.namespace, syntheticName(item)),
    );
    if (bare.length + templates.length === 0) return new Map();
    const taken = new Set(pods.flatMap(podIps));
    return assumeAddresses([...bare, ...templates], podRange, taken, mesh.options.assumedAddresses);
  },
);

function assumedIps(mesh: Mesh, namespace: string, name: string): readonly IpAddress[] {
  const ip = assumedPodIps(mesh).get(podKey(namespace, name));
  return ip === undefined ? [] : [ip];
}

/** The template of sidecars labels their pods as taking mesh TLS, the one of gateways does not. */
function futureTlsMode(
  mesh: Mesh,
  workload: Workload,
  { labels, annotations }: Pick<Workload['template'], 'labels' | 'annotations'>,
): PodView['tlsMode'] {
  return isInjected(mesh, workload) && !asksForGateway(annotations)
    ? 'istio'
    : labelTlsMode(labels);
}

function viewOfPod(mesh: Mesh, workload: Workload, pod: Pod): PodView {
  const { metadata, spec } = pod;
  const namespace = metadata.namespace ?? '';
  const known = podIps(pod);
  const live = isLivePod(pod);
  const hostIp = parseIp(spec.status.hostIP ?? '');
  return {
    ref: { kind: 'Pod', namespace, name: metadata.name },
    namespace,
    name: metadata.name,
    labels: metadata.labels,
    spec,
    ips: known.length > 0 ? known : assumedIps(mesh, namespace, metadata.name),
    ready: spec.status.ready ?? ['', 'Running'].includes(spec.status.phase ?? ''),
    hostname: spec.hostname ?? '',
    subdomain: spec.subdomain ?? '',
    serviceAccount: spec.serviceAccountName ?? 'default',
    tlsMode: live ? labelTlsMode(metadata.labels) : futureTlsMode(mesh, workload, metadata),
    origin: originOf(pod, ''),
    assumed: known.length === 0,
    labelsKnown: live ? 'all' : 'declared',
    ...(hostIp !== undefined && { hostIp }),
  };
}

function viewOfTemplate(mesh: Mesh, workload: Workload): PodView {
  const { ref, template, resource } = workload;
  const name = syntheticName(workload);
  const isStateful = ref.kind === 'StatefulSet';
  return {
    ref,
    namespace: ref.namespace,
    name,
    labels: template.labels,
    spec: template.spec,
    ips: assumedIps(mesh, ref.namespace, name),
    ready: true,
    hostname: template.spec.hostname ?? (isStateful ? name : ''),
    subdomain: template.spec.subdomain ?? (isStateful ? (resource?.spec.serviceName ?? '') : ''),
    serviceAccount: template.spec.serviceAccountName ?? 'default',
    tlsMode: futureTlsMode(mesh, workload, template),
    origin: workload.origin,
    assumed: true,
    labelsKnown: 'declared',
  };
}

/** A pod of the input, or `undefined` for the one that stands for the workload's template. */
interface Member {
  readonly workload: Workload;
  readonly pod: Pod | undefined;
}

interface Members {
  readonly byNamespace: ReadonlyMap<string, readonly Member[]>;
  readonly byName: ReadonlyMap<string, Member>;
}

const membersOf = ({ pods }: Workload): readonly (Pod | undefined)[] =>
  pods.length === 0 ? [undefined] : pods;

/** False for a pod that has ended and for a template that starts none. */
const mayRun = ({ workload, pod }: Member): boolean =>
  pod === undefined ? isRunnable(workload) : !finished.has(pod.spec.status.phase ?? '');

const members = derive(
  mesh => [meshWorkloads(mesh)],
  (mesh): Members => {
    const byNamespace = new Map<string, Member[]>();
    const byName = new Map<string, Member>();
    for (const workload of meshWorkloads(mesh)) {
      for (const pod of membersOf(workload)) {
        const { namespace } = workload.ref;
        const name = pod?.metadata.name ?? syntheticName(workload);
        const member = { workload, pod };
        byName.set(podKey(namespace, name), member);
        if (mayRun(member)) pushTo(byNamespace, namespace, member);
      }
    }
    return { byNamespace, byName };
  },
);

const views = derive(
  mesh => [members(mesh), ...podInputs(mesh), mesh.options, mesh.meshConfig.config],
  () => new Map<Pod | Workload, PodView>(),
);

function viewOf(mesh: Mesh, { workload, pod }: Member): PodView {
  return getOrMake(views(mesh), pod ?? workload, () =>
    pod === undefined ? viewOfTemplate(mesh, workload) : viewOfPod(mesh, workload, pod),
  );
}

/** A pod by name; the name of one that stands for a template is the workload's. */
export function findPodView(mesh: Mesh, namespace: string, name: string): PodView | undefined {
  const member = members(mesh).byName.get(podKey(namespace, name));
  return member === undefined ? undefined : viewOf(mesh, member);
}

/** Every pod of a namespace that may run: selectors choose among these. */
export function podViewsIn(mesh: Mesh, namespace: string): readonly PodView[] {
  return (members(mesh).byNamespace.get(namespace) ?? []).map(member => viewOf(mesh, member));
}

/** The pods of a workload, in the order of its `pods`; of a template the one that stands for it. */
export function podViewsOf(mesh: Mesh, workload: Workload): readonly PodView[] {
  return membersOf(workload).map(pod => viewOf(mesh, { workload, pod }));
}
