import { type Mesh, versionOrder } from '../mesh';

/**
 * What differs between Istio versions in the configuration that istiod pushes: the first version that has it. Sources:
 * the upstream changes named, confirmed by the recorded answers of 1.26.8 and 1.30.3 (conformance, `versions/`).
 */
const since = {
  /** Unknown Host under REGISTRY_ONLY is answered 502 by `block_all`; before, there is no catch-all virtual host and the answer is 404. */
  fallthroughRoute: '1.3',
  /** Virtual hosts answer to names with a trailing dot (#56008, PILOT_ENABLE_ABSOLUTE_FQDN_VHOST_DOMAIN). */
  absoluteDomains: '1.27',
  /** Endpoints that are not ready are sent, marked unhealthy (#60690, PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS). */
  unhealthyEndpoints: '1.31',
  /** `outboundTrafficPolicy.mode: ALLOW_ANY_DYNAMIC_DNS` (#59802); before, the value means REGISTRY_ONLY. */
  allowAnyDynamicDns: '1.31',
  /** A further port without declared protocol on one listener adds its TCP filter chains (#60642). */
  mergedAutoPorts: '1.32',
} as const;

export type PilotFeature = keyof typeof since;

/** True when the Istio version of the mesh behaves that way. */
export function pilotHas(mesh: Mesh, feature: PilotFeature): boolean {
  return versionOrder(mesh.istioVersion) >= versionOrder(since[feature]);
}
