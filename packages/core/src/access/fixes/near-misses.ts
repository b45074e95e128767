import type { Mesh } from '../../mesh';

/** A registered host that looks like the one asked for. */
export interface NearMiss {
  readonly host: string;
  readonly namespace: string;
  /** Why it is near: `same domain`, `spelling`, `other namespace`. */
  readonly why: 'spelling' | 'same-domain' | 'not-exported';
}

function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

const domainOf = (host: string) => host.split('.').slice(-2).join('.');

/** How near a registered name is to the one asked for, 0 the same; `undefined` when it is not. */
function nearness(
  name: string,
  host: string,
): { readonly why: NearMiss['why']; readonly points: number } | undefined {
  if (name === host) return { why: 'not-exported', points: 0 };
  const far = distance(name, host, 2);
  if (far <= 2) return { why: 'spelling', points: far };
  const related = host.includes('.') && domainOf(name) === domainOf(host);
  return related ? { why: 'same-domain', points: 9 } : undefined;
}

/** Hosts of ServiceEntries that somebody may have meant, the nearest first; at most five. */
export function nearMisses(mesh: Mesh, asked: string): readonly NearMiss[] {
  const found: { readonly miss: NearMiss; readonly points: number }[] = [];
  for (const { registry, hostname, namespace } of mesh.services) {
    const near =
      registry === 'external' ? nearness(hostname.toLowerCase(), asked.toLowerCase()) : undefined;
    if (near === undefined) continue;
    found.push({
      miss: { host: hostname.toLowerCase(), namespace, why: near.why },
      points: near.points,
    });
  }
  return found
    .sort((a, b) => a.points - b.points)
    .slice(0, 5)
    .map(({ miss }) => miss);
}
