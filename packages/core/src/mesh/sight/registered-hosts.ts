import { derive, pushTo } from '../derive';
import type { Mesh } from '../mesh';
import { registryServices } from '../registry/registry';
import type { MeshService } from '../registry/service';

/** Services by host in lower case, whoever may see them, oldest first. */
const byHost = derive(
  mesh => [registryServices(mesh)],
  mesh => {
    const index = new Map<string, MeshService[]>();
    for (const service of registryServices(mesh)) {
      pushTo(index, service.hostname.toLowerCase(), service);
    }
    return index;
  },
);

/** The name and the wildcards that cover it, the narrowest first. */
function patternsFor(host: string): readonly string[] {
  const labels = host.split('.');
  const wildcards = labels.map((_, i) => ['*', ...labels.slice(i + 1)].join('.'));
  return [host, ...wildcards];
}

/** Services that have a host or a wildcard that covers it, whoever may see them. */
export function servicesNamed(mesh: Mesh, host: string): readonly MeshService[] {
  const index = byHost(mesh);
  return patternsFor(host.toLowerCase()).flatMap(pattern => index.get(pattern) ?? []);
}

const domainOf = (host: string) => host.split('.').slice(-2).join('.');
const labelOf = (host: string) => host.split('.', 1)[0] ?? '';
const restOf = (host: string) => host.slice(labelOf(host).length);

interface Neighbours {
  readonly byLabel: ReadonlyMap<string, readonly string[]>;
  readonly byRest: ReadonlyMap<string, readonly string[]>;
  readonly byDomain: ReadonlyMap<string, readonly string[]>;
}

/** External hosts by their first label, by what comes after it, and by their last two labels. */
const neighbours = derive(
  mesh => [registryServices(mesh)],
  (mesh): Neighbours => {
    const byLabel = new Map<string, string[]>();
    const byRest = new Map<string, string[]>();
    const byDomain = new Map<string, string[]>();
    const hosts = new Set(
      registryServices(mesh)
        .filter(({ registry }) => registry === 'external')
        .map(({ hostname }) => hostname.toLowerCase()),
    );
    for (const host of [...hosts].sort()) {
      pushTo(byLabel, labelOf(host), host);
      pushTo(byRest, restOf(host), host);
      pushTo(byDomain, domainOf(host), host);
    }
    return { byLabel, byRest, byDomain };
  },
);

/** True when one letter more, less or other, or two that are swapped, make one name of the other. */
export function differsByOne(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (text: string, skipped: number) => text.slice(start + skipped);
  if (a.length > b.length) return rest(a, 1) === rest(b, 0);
  if (a.length < b.length) return rest(a, 0) === rest(b, 1);
  const swapped = a[start] === b[start + 1] && a[start + 1] === b[start];
  return rest(a, 1) === rest(b, 1) || (swapped && rest(a, 2) === rest(b, 2));
}

/** Registered external hosts that differ from a name in one letter. The letter is in the first label or after it. */
export function hostsSpeltLike(mesh: Mesh, host: string): readonly string[] {
  const { byLabel, byRest } = neighbours(mesh);
  const candidates = [...(byRest.get(restOf(host)) ?? []), ...(byLabel.get(labelOf(host)) ?? [])];
  return [...new Set(candidates.filter(item => differsByOne(item, host)))].sort();
}

/** Registered external hosts with the same last two labels. */
export function hostsOfDomain(mesh: Mesh, host: string): readonly string[] {
  if (!host.includes('.')) return [];
  return (neighbours(mesh).byDomain.get(domainOf(host)) ?? []).filter(item => item !== host);
}
