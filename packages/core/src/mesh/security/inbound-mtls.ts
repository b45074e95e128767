import type { Origin } from '../../origin';
import type { PeerAuthentication } from '../../resources';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { originOf } from '../registry/kubernetes-service';
import {
  type EffectiveMtlsMode,
  modeOf,
  type NamespacePolicies,
  peerAuthenticationsOf,
} from './peer-authentications';

export interface InboundMode {
  readonly mode: EffectiveMtlsMode;
  readonly origin: Origin;
}

/** What a proxy demands of those who call it. */
export interface InboundMtls extends InboundMode {
  /** Ports of the pod with their own mode. */
  readonly ports: ReadonlyMap<number, InboundMode>;
}

const said = (policy: PeerAuthentication | undefined): InboundMode | undefined => {
  const mode = modeOf(policy);
  return policy === undefined || mode === undefined
    ? undefined
    : { mode, origin: originOf(policy, 'spec.mtls.mode') };
};

function portModes(policy: PeerAuthentication | undefined, inherited: InboundMode) {
  const ports = new Map<number, InboundMode>();
  for (const [port, { mode }] of Object.entries(policy?.spec.portLevelMtls ?? {})) {
    const own: InboundMode | undefined =
      policy === undefined || mode === 'UNSET'
        ? undefined
        : { mode, origin: originOf(policy, `spec.portLevelMtls.${port}.mode`) };
    ports.set(Number(port), own ?? inherited);
  }
  return ports;
}

/** What policies select by: of a proxy, or of an endpoint. */
type Selected = Pick<Proxy, 'namespace' | 'labels'>;

/** The oldest with a selector that takes the proxy; in the root namespace selectors do not count. */
function workloadPolicy(mesh: Mesh, own: NamespacePolicies | undefined, proxy: Selected) {
  if (proxy.namespace === mesh.rootNamespace) return undefined;
  return own?.selecting.find(({ spec }) =>
    labelsMatch(spec.selector?.matchLabels ?? {}, proxy.labels),
  );
}

/**
 * PeerAuthentication in force at a proxy: workload over namespace over mesh, ports by the workload's own policy
 * (`pilot/pkg/security/authn/policy_applier.go:ComposePeerAuthentication`).
 */
export function inboundMtlsOf(mesh: Mesh, proxy: Selected): InboundMtls {
  const policies = peerAuthenticationsOf(mesh);
  const own = policies.get(proxy.namespace);
  const workload = workloadPolicy(mesh, own, proxy);
  const inherited: InboundMode = said(workload) ??
    said(own?.wide) ??
    said(policies.get(mesh.rootNamespace)?.wide) ?? {
      mode: 'PERMISSIVE',
      origin: { kind: 'default', default: 'PeerAuthentication mtls.mode=PERMISSIVE' },
    };
  return { ...inherited, ports: portModes(workload, inherited) };
}
