import type { Assumption, Origin } from '../../origin';
import type { OutboundMode } from '../../resources';
import type { InjectionReason } from '../injection';
import type { Mesh } from '../mesh';
import { proxiesOf } from '../proxy/proxies';
import { outboundPolicyOf } from '../scope/scope-of';
import type { OutboundPolicy } from '../scope/sidecar-scope';
import { isInjected } from './injected';
import { injectionOf } from './injection-of';
import { proxySettingsOf } from './settings-of';
import type { Workload, WorkloadRef } from './workload';

/** How the calls of a workload's pods get to its proxy, and which annotations take something out. */
export interface CaptureStatus {
  readonly mode: 'REDIRECT' | 'TPROXY' | 'NONE';
  readonly origin: Origin;
  /** Annotations of the pod that change what is captured, as written, by name. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** What stands between a workload's application and the outside, at a glance. Plain data. */
export interface WorkloadStatus {
  readonly workload: WorkloadRef;
  readonly sidecar: {
    readonly injected: boolean;
    readonly reason: InjectionReason | 'in-manifest';
    readonly origin: Origin;
    readonly assumption?: Assumption;
  };
  /** Absent when there is no proxy. */
  readonly capture?: CaptureStatus;
  /** Absent when there is no proxy. */
  readonly outbound?: {
    readonly mode: OutboundMode;
    readonly level: OutboundPolicy['level'];
    readonly origin: Origin;
  };
}

const captureAnnotation = /^traffic\.sidecar\.istio\.io\//;

function sidecarOf(mesh: Mesh, workload: Workload): WorkloadStatus['sidecar'] {
  const { injected, reason, origin, assumption } = injectionOf(mesh, workload);
  if (!injected && isInjected(mesh, workload)) {
    return { injected: true, reason: 'in-manifest', origin: workload.origin };
  }
  return { injected, reason, origin, ...(assumption === undefined ? {} : { assumption }) };
}

/** Whether the workload has a proxy and why, how its calls are captured, and which outbound policy holds. */
export function workloadStatusOf(mesh: Mesh, workload: Workload): WorkloadStatus {
  const sidecar = sidecarOf(mesh, workload);
  const [proxy] = proxiesOf(mesh, workload);
  if (proxy === undefined) return { workload: workload.ref, sidecar };
  const annotated = Object.hasOwn(workload.annotations, 'sidecar.istio.io/interceptionMode');
  const { mode, level, origin } = outboundPolicyOf(mesh, proxy);
  return {
    workload: workload.ref,
    sidecar,
    capture: {
      mode: proxy.interceptionMode,
      origin: annotated
        ? workload.origin
        : proxySettingsOf(mesh, workload).origin('interceptionMode'),
      annotations: Object.fromEntries(
        Object.entries(workload.annotations).filter(([name]) => captureAnnotation.test(name)),
      ),
    },
    outbound: { mode, level, origin },
  };
}
