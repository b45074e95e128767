import type { Mesh } from '../../mesh';

/** Kinds of which no answer about a call is possible when they could not be read. */
const deciding: ReadonlySet<string> = new Set([
  'Namespace',
  'Pod',
  'Service',
  'ConfigMap',
  'ServiceEntry',
  'Sidecar',
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'PeerAuthentication',
  'AuthorizationPolicy',
]);

/** Deciding kinds that the source was not allowed to read. */
export function unreadKinds({ options }: Mesh): readonly string[] {
  return (options.unreadKinds ?? []).filter(kind => deciding.has(kind));
}
