import type { Container, Pod, PodSpec } from '../../resources';
import type { Mesh } from '../mesh';
import { injectionOf } from './injection-of';
import type { Workload } from './workload';

const proxyName = 'istio-proxy';

/** The proxy's container, an ordinary one or a native sidecar. */
export function proxyContainer(spec: PodSpec): Container | undefined {
  return [...spec.containers, ...spec.initContainers].find(({ name }) => name === proxyName);
}

/** True when a running pod has the proxy's container. */
export const runsProxy = (pod: Pod): boolean => proxyContainer(pod.spec) !== undefined;

/** True when pods of this workload get a proxy: they run one, their template has one, or the injector adds it. */
export function isInjected(mesh: Mesh, workload: Workload): boolean {
  const [pod] = workload.pods;
  if (pod !== undefined && runsProxy(pod)) return true;
  return (
    proxyContainer(workload.template.spec) !== undefined || injectionOf(mesh, workload).injected
  );
}

/** True for pods that ask for the injection template of gateways (`gateway-injection-template.yaml`). */
export function asksForGateway(annotations: Readonly<Record<string, string>>): boolean {
  const name = 'inject.istio.io/templates';
  const templates = Object.hasOwn(annotations, name) ? (annotations[name] ?? '') : '';
  return templates.split(',').some(item => item.trim() === 'gateway');
}
