import { type IpFamily, ipFamily, parseIp } from '../../net';
import type { Origin } from '../../origin';
import { derive, getOrMake } from '../derive';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { versionHas } from '../versions';
import { buildLookupTable, findName, type LookupTable } from './lookup-table';
import { type NameEntry, type NameTable, nameTableOf } from './name-table';
import { searchDomainsOf } from './search-domains';

/** What the agent's DNS proxy says to one question. */
export type DnsAnswer =
  /** Asked of the pod's own DNS servers, unchanged. */
  | { readonly kind: 'forwarded' }
  | {
      readonly kind: 'answered';
      /** Empty when the name is known but has no address of this family: an answer without records. */
      readonly addresses: readonly string[];
      /** Name that the answer's CNAME points to. */
      readonly cname?: string;
      readonly origin: Origin;
    }
  /** Several entries claim the name; which one the agent kept depends on the order of a Go map. */
  | { readonly kind: 'random'; readonly candidates: readonly (readonly string[])[] };

const tables = derive(
  mesh => [mesh],
  () => new Map<NameTable, Map<string, LookupTable>>(),
);

function lookupTableOf(mesh: Mesh, proxy: Proxy): LookupTable {
  const names = nameTableOf(mesh, proxy);
  const [searchDomain] = searchDomainsOf(proxy, mesh.clusterDomain);
  const ofNames = getOrMake(tables(mesh), names, () => new Map<string, LookupTable>());
  return getOrMake(ofNames, `${proxy.namespace}/${searchDomain ?? ''}`, () =>
    buildLookupTable(names, {
      namespace: proxy.namespace,
      searchDomain,
      clusterDomain: mesh.clusterDomain,
      expandsTwice: !versionHas(mesh.istioVersion, 'searchDomainOnlyOnce'),
    }),
  );
}

const ofFamily = ({ addresses }: NameEntry, family: IpFamily) =>
  addresses.filter(address => {
    const ip = parseIp(address);
    return ip !== undefined && ipFamily(ip) === family;
  });

/** Answers that differ; an entry without addresses of the family leaves the name to the others. */
function distinctAnswers(entries: readonly NameEntry[], family: IpFamily) {
  const answers = new Map<
    string,
    { readonly entry: NameEntry; readonly addresses: readonly string[] }
  >();
  for (const entry of entries) {
    const addresses = ofFamily(entry, family);
    if (addresses.length > 0) answers.set([...addresses].sort().join(), { entry, addresses });
  }
  return [...answers.values()];
}

/**
 * What the agent answers when the application asks for `name` (with or without final dot) and DNS is captured
 * (`pkg/dns/client/dns.go:lookupHost`). The pod's search list is expanded by the application's resolver before.
 */
export function answerName(mesh: Mesh, proxy: Proxy, name: string, family: IpFamily): DnsAnswer {
  const table = lookupTableOf(mesh, proxy);
  const question = name.replace(/\.$/, '').toLowerCase();
  const found = findName(table, question);
  if (found === undefined) return { kind: 'forwarded' };
  const target = table.aliases.get(found);
  const entries = table.entries.get(target ?? found) ?? [];
  const [answer, ...others] = distinctAnswers(entries, family);
  if (others.length > 0 && answer !== undefined) {
    return { kind: 'random', candidates: [answer, ...others].map(({ addresses }) => addresses) };
  }
  const origin: Origin = (answer?.entry ?? entries[0])?.origin ?? {
    kind: 'default',
    default: 'name table',
  };
  if (answer === undefined) return { kind: 'answered', addresses: [], origin };
  return {
    kind: 'answered',
    addresses: answer.addresses,
    ...(target === undefined ? {} : { cname: target }),
    origin,
  };
}
