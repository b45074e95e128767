import type { ServiceEntry } from '../../resources';
import type { Analyzer } from './analyzer';
import { exportScopes } from './host-index';
import { messageOn } from './message';

interface Use {
  readonly protocol: string;
  readonly entry: ServiceEntry;
}

function uses(entries: readonly ServiceEntry[]): ReadonlyMap<string, readonly Use[]> {
  const index = new Map<string, Use[]>();
  for (const entry of entries) {
    const { hosts, ports, exportTo } = entry.spec;
    for (const scope of exportScopes(exportTo ?? [], entry.metadata.namespace ?? '')) {
      for (const host of hosts) {
        for (const { number, protocol } of ports) {
          const key = `${scope} ${host} ${number}`;
          index.set(key, [...(index.get(key) ?? []), { protocol: protocol.toUpperCase(), entry }]);
        }
      }
    }
  }
  return index;
}

const nameOf = ({ metadata }: ServiceEntry) => `${metadata.namespace}/${metadata.name}`;
const sorted = (values: readonly string[]) => [...new Set(values)].sort().join(', ');

/** Entries that give one host and port different protocols. Source: `serviceentry/conflictingserviceentries.go`. */
export const serviceEntryProtocols: Analyzer = {
  name: 'serviceentry.ConflictingServiceEntryProtocolAnalyzer',
  codes: ['IST0177'],
  since: '1.31',
  *analyze({ resources }) {
    const index = uses(resources.serviceEntries);
    const reported = new Set<string>();
    for (const [key, own] of index) {
      const [scope, host, port] = key.split(' ');
      const shared = scope === '*' ? [] : (index.get(`* ${host} ${port}`) ?? []);
      const all = [...own, ...shared];
      const protocols = all.map(use => use.protocol);
      if (new Set(protocols).size < 2) continue;
      const names = sorted(all.map(use => nameOf(use.entry)));
      const message = `Multiple ServiceEntries (${names}) define the same host "${host}" and port ${port} with conflicting protocols (${sorted(protocols)}).`;
      for (const { entry } of all) {
        if (reported.has(nameOf(entry))) continue;
        reported.add(nameOf(entry));
        yield messageOn('IST0177', entry, message, 'metadata.name');
      }
    }
  },
};
