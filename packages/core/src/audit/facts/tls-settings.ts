import type { ClientTls, DestinationRule } from '../../resources';

export interface PlacedTls {
  readonly tls: ClientTls;
  readonly path: readonly (string | number)[];
}

/** Every TLS setting of a rule: its own, per port, and those of its subsets. */
export function tlsSettings({ spec }: DestinationRule): readonly PlacedTls[] {
  const ofPolicy = (
    policy: DestinationRule['spec']['trafficPolicy'],
    path: readonly (string | number)[],
  ): readonly PlacedTls[] => [
    ...(policy?.tls === undefined ? [] : [{ tls: policy.tls, path: [...path, 'tls'] }]),
    ...(policy?.portLevelSettings ?? []).flatMap(({ tls }, index) =>
      tls === undefined ? [] : [{ tls, path: [...path, 'portLevelSettings', index, 'tls'] }],
    ),
  ];
  return [
    ...ofPolicy(spec.trafficPolicy, ['spec', 'trafficPolicy']),
    ...spec.subsets.flatMap((subset, index) =>
      ofPolicy(subset.trafficPolicy, ['spec', 'subsets', index, 'trafficPolicy']),
    ),
  ];
}
