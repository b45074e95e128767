import type { Destination, VirtualService } from '../../resources';

/** A destination of a VirtualService, and where it stands. */
export interface PlacedDestination {
  readonly destination: Destination;
  readonly path: string;
  readonly mirror: boolean;
}

/** Every destination, in istioctl's order: tcp, tls, http routes, then mirrors. */
export function destinationsOf({ spec }: VirtualService): readonly PlacedDestination[] {
  const routes = (['tcp', 'tls', 'http'] as const).flatMap(block =>
    spec[block].flatMap((rule, i) =>
      rule.route.map(({ destination }, j) => ({
        destination,
        path: `spec.${block}.${i}.route.${j}.destination`,
        mirror: false,
      })),
    ),
  );
  const mirrors = spec.http.flatMap((rule, i) => [
    ...(rule.mirror === undefined
      ? []
      : [{ destination: rule.mirror, path: `spec.http.${i}.mirror`, mirror: true }]),
    ...(rule.mirrors ?? []).map(({ destination }, j) => ({
      destination,
      path: `spec.http.${i}.mirrors.${j}.destination`,
      mirror: true,
    })),
  ]);
  return [...routes, ...mirrors];
}
