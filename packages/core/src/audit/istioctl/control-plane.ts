import type { Reported } from './message';

/** Parts of Istio itself: any label `istio`, or `release: istio` (`util.IsIstioControlPlane` of `analyzers/util/config.go`). */
export function isControlPlane({ metadata: { labels } }: Reported): boolean {
  return labels.istio !== undefined || labels.release === 'istio';
}

const gatewayControllers = new Set([
  'istio.io-gateway-controller',
  'istio.io-mesh-controller',
  'istio.io-eastwest-controller',
]);

/** Made by a controller for a Gateway, not by a user (`service/portname.go`). */
export function isManagedGateway({ metadata: { labels } }: Reported): boolean {
  return gatewayControllers.has(labels['gateway.istio.io/managed'] ?? '');
}
