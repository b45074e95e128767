import { type InterceptionMode, interceptionOf } from '../../interception';
import { isInjected, type Mesh, proxiesOf, type Workload } from '../../mesh';

/** How the proxy of a workload's pods runs. */
export interface ProxyContainer {
  /** An init container with restartPolicy Always. */
  readonly native: boolean;
  readonly mode: InterceptionMode;
  /** The pod has no other container, as those of gateways. */
  readonly alone: boolean;
}

/** `undefined` when the workload has no proxy or its pods are not created. */
export function proxyContainerOf(mesh: Mesh, workload: Workload): ProxyContainer | undefined {
  if (!isInjected(mesh, workload)) return undefined;
  const [running] = proxiesOf(mesh, workload);
  if (running === undefined) return undefined;
  const { result } = interceptionOf(mesh, { workload, ips: running.ips });
  if (result.kind === 'rejected' || result.kind === 'failed') return undefined;
  const isProxy = ({ name }: { readonly name: string }) => name === 'istio-proxy';
  const native = result.pod.initContainers.some(isProxy);
  if (!native && !result.pod.containers.some(isProxy)) return undefined;
  return { native, mode: result.mode, alone: result.pod.containers.every(isProxy) };
}
