import { type Mesh, nearNames, servicesNamed } from '../../mesh';

/** A registered host that looks like the one asked for. */
export interface NearMiss {
  readonly host: string;
  readonly namespace: string;
  /** The host itself, which only others see; one that is spelt alike; one of the same domain. */
  readonly why: 'spelling' | 'same-domain' | 'not-exported';
}

const limit = 5;

/**
 * Hosts of ServiceEntries that somebody may have meant, the nearest first; at most five. A trace says more: `near` holds
 * what of each object fits its call and what does not.
 */
export function nearMisses(mesh: Mesh, asked: string): readonly NearMiss[] {
  const host = asked.toLowerCase();
  const named = [{ name: host, why: 'not-exported' as const }, ...nearNames(mesh, host)];
  return named
    .flatMap(({ name, why }) =>
      servicesNamed(mesh, name)
        .filter(
          ({ registry, hostname }) => registry === 'external' && hostname.toLowerCase() === name,
        )
        .map(({ namespace }) => ({ host: name, namespace, why })),
    )
    .slice(0, limit);
}
