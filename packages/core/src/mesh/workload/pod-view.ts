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
/** Most pods that stand for the template of one StatefulSet: each has a name and an address of its own. */
const mostStandIns = 16;

/** How many pods stand for a template: of a StatefulSet each replica has its own name, all others look alike. */
function standInsOf({ ref, resource }: Workload): number {
  if (ref.kind !== 'StatefulSet') return 1;
  return Math.min(Math.max(resource?.spec.replicas ?? 1, 1), mostStandIns);
}

const standInName = ({ ref }: Workload, ordinal: number) =>
  ref.kind === 'StatefulSet' ? `${ref.name}-${ordinal}` : ref.name;

/** The pods that stand for a template, by their ordinals. */
const ordinalsOf = (workload: Workload): readonly number[] => [
  ...new Array(standInsOf(workload)).keys(),
];

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
    const templates = templatesOnly(mesh).flatMap(item =>
      ordinalsOf(item).map(ordinal => podKey(item.ref.namespace, standInName(item, ordinal))),
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

function viewOfTemplate(mesh: Mesh, workload: Workload, ordinal: number): PodView {
  const { ref, template, resource } = workload;
  const name = standInName(workload, ordinal);
  const isStateful = ref.kind === 'StatefulSet';
  return {
    ref,
    namespace: ref.namespace,
    name,
    labels: template.labels,
    spec: template.spec,
    ips: assumedIps(mesh, ref.namespace, name),
    ready: true,
    // the controller overwrites both (Kubernetes `stateful_set_utils.go:initIdentity`)
    hostname: isStateful ? name : (template.spec.hostname ?? ''),
    subdomain: isStateful ? (resource?.spec.serviceName ?? '') : (template.spec.subdomain ?? ''),
    serviceAccount: template.spec.serviceAccountName ?? 'default',
    tlsMode: futureTlsMode(mesh, workload, template),
    origin: workload.origin,
    assumed: true,
    labelsKnown: 'declared',
  };
}

/** A pod of the input, or one that stands for the workload's template. */
type Member =
  | { readonly workload: Workload; readonly pod: Pod }
  | { readonly workload: Workload; readonly pod?: undefined; readonly ordinal: number };

interface Members {
  readonly byNamespace: ReadonlyMap<string, readonly Member[]>;
  readonly byName: ReadonlyMap<string, Member>;
  readonly byWorkload: ReadonlyMap<Workload, readonly Member[]>;
}

const membersOf = (workload: Workload): readonly Member[] =>
  workload.pods.length === 0
    ? ordinalsOf(workload).map(ordinal => ({ workload, ordinal }))
    : workload.pods.map(pod => ({ workload, pod }));

/** False for a pod that has ended and for a template that starts none. */
const mayRun = ({ workload, pod }: Member): boolean =>
  pod === undefined ? isRunnable(workload) : !finished.has(pod.spec.status.phase ?? '');

const nameOf = (member: Member): string =>
  member.pod === undefined
    ? standInName(member.workload, member.ordinal)
    : member.pod.metadata.name;

const members = derive(
  mesh => [meshWorkloads(mesh)],
  (mesh): Members => {
    const byNamespace = new Map<string, Member[]>();
    const byName = new Map<string, Member>();
    const byWorkload = new Map<Workload, readonly Member[]>();
    for (const workload of meshWorkloads(mesh)) {
      const own = membersOf(workload);
      byWorkload.set(workload, own);
      for (const member of own) {
        const { namespace } = workload.ref;
        byName.set(podKey(namespace, nameOf(member)), member);
        if (mayRun(member)) pushTo(byNamespace, namespace, member);
      }
    }
    return { byNamespace, byName, byWorkload };
  },
);

const views = derive(
  mesh => [members(mesh), ...podInputs(mesh), mesh.options, mesh.meshConfig.config],
  () => new Map<Member, PodView>(),
);

function viewOf(mesh: Mesh, member: Member): PodView {
  return getOrMake(views(mesh), member, () =>
    member.pod === undefined
      ? viewOfTemplate(mesh, member.workload, member.ordinal)
      : viewOfPod(mesh, member.workload, member.pod),
  );
}

/** A pod by name; the name of one that stands for a template is the workload's, of a StatefulSet with an ordinal. */
export function findPodView(mesh: Mesh, namespace: string, name: string): PodView | undefined {
  const member = members(mesh).byName.get(podKey(namespace, name));
  return member === undefined ? undefined : viewOf(mesh, member);
}

/** Every pod of a namespace that may run: selectors choose among these. */
export function podViewsIn(mesh: Mesh, namespace: string): readonly PodView[] {
  return (members(mesh).byNamespace.get(namespace) ?? []).map(member => viewOf(mesh, member));
}

/** The pods of a workload, in the order of its `pods`; of a template those that stand for it. */
export function podViewsOf(mesh: Mesh, workload: Workload): readonly PodView[] {
  const own = members(mesh).byWorkload.get(workload) ?? membersOf(workload);
  return own.map(member => viewOf(mesh, member));
}
