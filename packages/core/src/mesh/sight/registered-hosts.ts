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

/** A name and all that is left when one of its letters goes. */
const shortened = (name: string): ReadonlySet<string> =>
  new Set([name, ...Array.from(name, (_, i) => name.slice(0, i) + name.slice(i + 1))]);

const domainOf = (host: string) => host.split('.').slice(-2).join('.');

interface Neighbours {
  readonly bySpelling: ReadonlyMap<string, readonly string[]>;
  readonly byDomain: ReadonlyMap<string, readonly string[]>;
}

/** External hosts by what they become without one letter, and by their last two labels. */
const neighbours = derive(
  mesh => [registryServices(mesh)],
  (mesh): Neighbours => {
    const bySpelling = new Map<string, string[]>();
    const byDomain = new Map<string, string[]>();
    const hosts = new Set(
      registryServices(mesh)
        .filter(({ registry }) => registry === 'external')
        .map(({ hostname }) => hostname.toLowerCase()),
    );
    for (const host of [...hosts].sort()) {
      for (const key of shortened(host)) pushTo(bySpelling, key, host);
      pushTo(byDomain, domainOf(host), host);
    }
    return { bySpelling, byDomain };
  },
);

/** Registered external hosts that differ from a name in one letter (more, less, other, or two swapped). */
export function hostsSpeltLike(mesh: Mesh, host: string): readonly string[] {
  const { bySpelling } = neighbours(mesh);
  const found = new Set([...shortened(host)].flatMap(key => bySpelling.get(key) ?? []));
  found.delete(host);
  return [...found];
}

/** Registered external hosts with the same last two labels. */
export function hostsOfDomain(mesh: Mesh, host: string): readonly string[] {
  if (!host.includes('.')) return [];
  return (neighbours(mesh).byDomain.get(domainOf(host)) ?? []).filter(item => item !== host);
}
