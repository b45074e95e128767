import type { Mesh } from '../../mesh';
import type { ClientTls, DestinationRule, ServiceEntry } from '../../resources';
import { groupBy } from '../group-by';
import { hostIndex } from './host-index';

const rulesByMesh = new WeakMap<
  Mesh,
  {
    readonly exact: ReadonlyMap<string, readonly DestinationRule[]>;
    readonly wildcards: ReadonlyMap<string, readonly DestinationRule[]>;
    readonly around: (host: string) => readonly string[];
  }
>();

function indexed(mesh: Mesh) {
  const known = rulesByMesh.get(mesh);
  if (known !== undefined) return known;
  const rules = mesh.resources.destinationRules;
  const made = {
    exact: groupBy(
      rules.filter(rule => !rule.spec.host.startsWith('*')),
      rule => rule.spec.host.toLowerCase(),
    ),
    wildcards: groupBy(
      rules.filter(rule => rule.spec.host.startsWith('*')),
      rule => rule.spec.host.toLowerCase(),
    ),
    around: hostIndex(rules.map(rule => rule.spec.host.toLowerCase())).around,
  };
  rulesByMesh.set(mesh, made);
  return made;
}

/** DestinationRules whose host is, or covers, this one. */
export function rulesForHost(mesh: Mesh, host: string): readonly DestinationRule[] {
  const { exact, wildcards, around } = indexed(mesh);
  const patterns = around(host.toLowerCase());
  return [
    ...(exact.get(host.toLowerCase()) ?? []),
    ...patterns.flatMap(pattern => wildcards.get(pattern) ?? []),
  ];
}

/** TLS settings of a rule for a port: those of the port, else those of the rule. */
export function tlsFor(rule: DestinationRule, port: number): ClientTls | undefined {
  const policy = rule.spec.trafficPolicy;
  return policy?.portLevelSettings.find(setting => setting.port === port)?.tls ?? policy?.tls;
}

/** Whether some DestinationRule makes the sidecar speak TLS to this port of the entry. */
export function originatesTls(mesh: Mesh, entry: ServiceEntry, port: number): boolean {
  return entry.spec.hosts.some(host =>
    rulesForHost(mesh, host).some(rule => {
      const mode = tlsFor(rule, port)?.mode;
      return mode !== undefined && mode !== 'DISABLE';
    }),
  );
}
