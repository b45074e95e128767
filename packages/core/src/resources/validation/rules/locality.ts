import type { ValueOf } from '../../schema';
import type { localityLbSetting } from '../../schema/kinds/load-balancer';
import { type Findings, reject, warn } from '../findings';

type LocalitySetting = ValueOf<typeof localityLbSetting>;
type Distribution = LocalitySetting['distribute'][number];

const topologyLabels = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];

function checkWildcard(locality: string): string | undefined {
  const count = locality.split('*').length - 1;
  return count > 1 || (count === 1 && !locality.endsWith('*'))
    ? `locality ${locality} wildcard '*' number can not exceed 1 and must be in the end`
    : undefined;
}

/** Parts of `region/zone/subzone`; `undefined` when one is empty. */
function partsOf(locality: string): readonly string[] | undefined {
  const [region = '', zone, ...rest] = locality.split('/');
  const parts = [region, zone, rest.length === 0 ? undefined : rest.join('/')];
  const given = parts.filter(part => part !== undefined);
  return given.includes('') ? undefined : given;
}

/** Localities seen so far: a region or zone taken as a whole is marked with `*`. */
type Seen = Map<string, Map<string, Set<string>>>;

function overlaps(seen: Seen, [region = '', zone, subzone]: readonly string[]): boolean {
  const zones = seen.get(region);
  if (zones === undefined) return false;
  if (zone === undefined || zones.has('*')) return true;
  const subzones = zones.get(zone);
  if (subzones === undefined) return false;
  return subzone === undefined || subzones.has('*') || subzones.has(subzone);
}

function remember(seen: Seen, [region = '', zone = '*', subzone = '*']: readonly string[]): void {
  const zones = seen.get(region) ?? new Map<string, Set<string>>();
  zones.set(zone, (zones.get(zone) ?? new Set<string>()).add(subzone));
  seen.set(region, zones);
}

/** `validateLocalities`: the first thing that is wrong with a list of localities. */
function checkLocalities(localities: readonly string[]): string | undefined {
  const seen: Seen = new Map();
  for (const locality of localities) {
    const wildcard = checkWildcard(locality);
    if (wildcard !== undefined) return wildcard;
    if (seen.has('*')) return `locality ${locality} overlap with previous specified ones`;
    const parts = partsOf(locality);
    if (parts === undefined) {
      return `locality ${locality} must not contain empty region/zone/subzone info`;
    }
    if (overlaps(seen, parts)) return `locality ${locality} overlap with previous specified ones`;
    remember(seen, parts);
  }
  return undefined;
}

function checkDistribution(distribution: Distribution): string | undefined {
  let total = 0;
  for (const weight of distribution.to?.values() ?? []) {
    if (weight <= 0 || weight > 100) return 'locality weight must be in range [1, 100]';
    total += weight;
  }
  return total === 100 ? undefined : `total locality weight ${total} != 100`;
}

function validateFailover(findings: Findings, setting: LocalitySetting, path: string): void {
  setting.failover.forEach(({ from, to }, at) => {
    const place = `${path}.failover.${at}`;
    const refuse = (message: string) => reject(findings, 'locality-invalid', place, message);
    if (from === to) refuse('locality lb failover settings must specify different regions');
    if (`${from}${to}`.includes('/')) refuse('locality lb failover only specify region');
    if (`${from}${to}`.includes('*')) {
      refuse("locality lb failover region should not contain '*' wildcard");
    }
  });
}

function checkFailoverPriority(setting: LocalitySetting): string | undefined {
  if (setting.failover.length === 0) return undefined;
  const label = setting.failoverPriority.find(item => topologyLabels.includes(item));
  return label === undefined
    ? undefined
    : `can not simultaneously set 'failover' and topology label '${label}' in 'failover_priority'`;
}

/** `ValidateLocalityLbSetting`; `hasOutlier` tells whether outlier detection is configured beside it. */
export function validateLocalitySetting(
  findings: Findings,
  setting: LocalitySetting | undefined,
  place: { readonly path: string; readonly hasOutlier: boolean },
): void {
  if (setting === undefined) return;
  const { path, hasOutlier } = place;
  const refuse = (message: string) => reject(findings, 'locality-invalid', path, message);
  const { distribute, failover, failoverPriority } = setting;
  if (distribute.length > 0 && failover.length > 0) {
    refuse("can not simultaneously specify 'distribute' and 'failover'");
    return;
  }
  const priority = checkFailoverPriority(setting);
  if (priority !== undefined) {
    refuse(priority);
    return;
  }
  for (const distribution of distribute) {
    const wrong = checkDistribution(distribution);
    if (wrong !== undefined) {
      refuse(wrong);
      return;
    }
    const targets = checkLocalities([...(distribution.to?.keys() ?? [])]);
    if (targets !== undefined) refuse(targets);
  }
  const sources = checkLocalities(distribute.map(({ from }) => from));
  if (sources !== undefined) refuse(sources);
  if (failover.length + failoverPriority.length > 0 && !hasOutlier) {
    const message = 'outlier detection policy must be provided for failover';
    warn(findings, 'no-effect', path, message);
  }
  validateFailover(findings, setting, path);
}
