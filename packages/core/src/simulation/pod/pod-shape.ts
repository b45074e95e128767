import { isInjectedAlready, isRunningPod } from '../../interception';
import { derive, getOrMake, type Mesh, type Workload } from '../../mesh';
import type { Pod } from '../../resources';
import { askedLabels } from './asked-labels';

/** Longer texts are not worth keeping: the pod stands for itself. */
const longest = 8_000;

/** The head of an address tells its family and the ranges that no pod shares: loopback, link-local. */
const headOf = (ip: string) => `${ip.includes(':') ? 6 : 4}-${ip.slice(0, ip.search(/[.:]/))}`;

/** What a pod has of its own, but for its names and addresses; `undefined` when the injector has still to decide. */
function ownText({ metadata, spec }: Pod): string | undefined {
  const { status, nodeName: _node, serviceAccountName: _account, ...rest } = spec;
  const { podIP, podIPs = [], hostIP: _host, ...state } = status;
  const ips = podIP === undefined ? podIPs : [podIP, ...podIPs];
  if (ips.length === 0) return undefined;
  const text = JSON.stringify([rest, state, metadata.annotations, ips.map(headOf)]);
  return text.length > longest ? undefined : text;
}

interface OwnShapes {
  readonly byPod: Map<Pod, number>;
  /** Numbers of texts. */
  readonly numbers: Map<string, number>;
}

const ownShapes = derive(
  mesh => [mesh.resources.pods],
  (): OwnShapes => ({ byPod: new Map(), numbers: new Map() }),
);

/** The number of a pod that stands for itself. */
const alone = -1;

/** A number for what a pod has of its own; equal ones have the same. */
function ownShape(mesh: Mesh, pod: Pod): number {
  const { byPod, numbers } = ownShapes(mesh);
  return getOrMake(byPod, pod, () => {
    const text = ownText(pod);
    return text === undefined ? alone : getOrMake(numbers, text, () => numbers.size);
  });
}

/** Equal for workloads whose settings of the proxy are merged of the same. */
function settingsText(mesh: Mesh, { labels, annotations }: Workload, pod: Pod): string {
  if (labels === pod.metadata.labels && annotations === pod.metadata.annotations) return '';
  const name = 'proxy.istio.io/config';
  const asked = Object.hasOwn(annotations, name) ? annotations[name] : '';
  return `${askedLabels(mesh, labels)} ${asked}`;
}

function shapeOf(mesh: Mesh, workload: Workload, pod: Pod): string | undefined {
  const { labels, annotations } = pod.metadata;
  if (!isRunningPod(pod) || !isInjectedAlready(pod.spec, annotations)) return undefined;
  const own = ownShape(mesh, pod);
  if (own === alone) return undefined;
  const { namespace } = workload.ref;
  return [namespace, own, askedLabels(mesh, labels), settingsText(mesh, workload, pod)].join('\n');
}

/** A pod belongs to one workload. */
const shapes = derive(
  mesh => [mesh],
  () => new Map<Pod, string | undefined>(),
);

/**
 * Two pods that run and went through the injector have equal `workloadClassOf` when they have the same shape: it holds
 * everything that decides the class. `undefined` for other pods: each is classified by itself.
 */
export function podShapeOf(mesh: Mesh, workload: Workload, pod: Pod): string | undefined {
  return getOrMake(shapes(mesh), pod, () => shapeOf(mesh, workload, pod));
}
