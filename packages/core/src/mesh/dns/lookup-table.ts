import { pushTo } from '../derive';
import type { NameEntry, NameTable } from './name-table';

/** Where the agent that holds the table stands. */
export interface Asker {
  readonly namespace: string;
  /** First entry of the pod's search list, when there is one. */
  readonly searchDomain: string | undefined;
  readonly clusterDomain: string;
  /** Whether a name that ends in the search domain gets it appended again. */
  readonly expandsTwice: boolean;
}

/** The agent's table: names in lower case, without the final dot. */
export interface LookupTable {
  /** Two entries under one name: which of them the agent kept is random. */
  readonly entries: ReadonlyMap<string, readonly NameEntry[]>;
  /** Name with the search domain appended, and the name it stands for. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** All forms of a name: Kubernetes names also as `svc` in their namespace, `svc.ns` and `svc.ns.svc` (`pkg/dns/client/dns.go:generateAltHosts`). */
function formsOf(hostname: string, entry: NameEntry, asker: Asker): readonly string[] {
  const { registry, shortName } = entry;
  const zone = `svc.${asker.clusterDomain}`;
  if (registry !== 'kubernetes' || shortName === undefined || !hostname.endsWith(zone)) {
    return [hostname];
  }
  const { name, namespace } = shortName;
  const own = namespace === asker.namespace ? [name] : [];
  return [hostname, `${name}.${namespace}`, ...own, `${name}.${namespace}.svc`];
}

const withoutDot = (name: string) => (name.endsWith('.') ? name.slice(0, -1) : name);

/**
 * What the agent makes of the name table (`pkg/dns/client/dns.go:buildDNSAnswers`): only the first search domain is expanded,
 * and not for names that end in its letters, be it in the middle of a label.
 */
export function buildLookupTable(table: NameTable, asker: Asker): LookupTable {
  const entries = new Map<string, NameEntry[]>();
  const aliases = new Map<string, string>();
  const search = asker.searchDomain?.toLowerCase();
  for (const [hostname, entry] of table) {
    const forms = new Set(formsOf(withoutDot(hostname), entry, asker));
    for (const form of forms) {
      const name = form.toLowerCase();
      pushTo(entries, name, entry);
      if (search === undefined || (!asker.expandsTwice && name.endsWith(search))) continue;
      const expanded = `${name}.${search}`;
      if (!forms.has(expanded)) aliases.set(expanded, name);
    }
  }
  return { entries, aliases };
}

/** The name under which the table knows a question: itself, or the nearest wildcard above it. */
export function findName({ entries, aliases }: LookupTable, question: string): string | undefined {
  const known = (name: string) => entries.has(name) || aliases.has(name);
  if (known(question)) return question;
  const labels = question.split('.');
  for (let start = 1; start < labels.length; start += 1) {
    const wildcard = `*.${labels.slice(start).join('.')}`;
    if (known(wildcard)) return wildcard;
  }
  return undefined;
}
