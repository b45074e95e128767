import type { MtlsMode, PeerAuthentication } from '../../resources';
import { sortByCreation } from '../creation-order';
import { derive, getOrMake } from '../derive';
import type { Mesh } from '../mesh';

/** A mode that is said, not inherited. */
export type EffectiveMtlsMode = Exclude<MtlsMode, 'UNSET'>;

export interface NamespacePolicies {
  /** The oldest without a selector; further ones are ignored. */
  readonly wide: PeerAuthentication | undefined;
  /** With a selector, oldest first. */
  readonly selecting: readonly PeerAuthentication[];
}

const isWide = ({ spec }: PeerAuthentication) =>
  Object.keys(spec.selector?.matchLabels ?? {}).length === 0;

/** PeerAuthentications by namespace (`pilot/pkg/model/authentication.go:addPeerAuthentication`). */
export const peerAuthenticationsOf: (mesh: Mesh) => ReadonlyMap<string, NamespacePolicies> = derive(
  mesh => [mesh.discovered.peerAuthentications],
  mesh => {
    const index = new Map<
      string,
      { wide: PeerAuthentication | undefined; selecting: PeerAuthentication[] }
    >();
    const sorted = sortByCreation(mesh.discovered.peerAuthentications, item => item.metadata);
    for (const policy of sorted) {
      const entry = getOrMake(index, policy.metadata.namespace ?? '', () => ({
        wide: undefined,
        selecting: [],
      }));
      if (isWide(policy)) entry.wide ??= policy;
      else entry.selecting.push(policy);
    }
    return index;
  },
);

/** The mode a policy sets; `undefined` inherits. */
export function modeOf(policy: PeerAuthentication | undefined): EffectiveMtlsMode | undefined {
  const mode = policy?.spec.mtls?.mode ?? 'UNSET';
  return mode === 'UNSET' ? undefined : mode;
}
