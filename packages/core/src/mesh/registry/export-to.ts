import type { LabelSelector, Labels, MeshConfig, Resource, ServiceEntry } from '../../resources';
import { selectorMatches } from '../labels';
import { versionHas } from '../versions';

/** `exportTo` values of one object: `*`, `.`, `~` or namespaces. */
export type ExportTo = readonly string[];

type EntryVisibility = 'PUBLIC' | 'NAMESPACE' | 'NONE';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const recordsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

function toVisibility(value: unknown): EntryVisibility {
  return value === 'NAMESPACE' || value === 'NONE' ? value : 'PUBLIC';
}

function ruleMatches(rule: Readonly<Record<string, unknown>>, labels: Labels): boolean {
  const { namespaceSelector } = rule;
  return isRecord(namespaceSelector) && selectorMatches(namespaceSelector as LabelSelector, labels);
}

/**
 * What `serviceEntryVisibility` of MeshConfig says about the ServiceEntries of a namespace: the first policy whose rules
 * all match, else the default (`serviceentry_visibility.go:VisibilityFor`). PUBLIC when it does not apply to sidecars.
 */
export function entryVisibility(
  config: MeshConfig,
  istioVersion: string,
  labels: Labels,
): EntryVisibility {
  const policy = config.serviceEntryVisibility;
  if (policy === undefined || !versionHas(istioVersion, 'serviceEntryVisibility')) return 'PUBLIC';
  if (policy.applyToSidecars !== true) return 'PUBLIC';
  const match = recordsOf(policy.policies).find(item =>
    recordsOf(item.matchingRules).every(rule => ruleMatches(rule, labels)),
  );
  return toVisibility(match === undefined ? policy.defaultVisibility : match.visibility);
}

/** Narrows an `exportTo` to what the visibility of the namespace allows; it never widens (`push_context.go:serviceExportTo`). */
export function narrowExportTo(
  exportTo: ExportTo,
  visibility: EntryVisibility,
  namespace: string,
): ExportTo {
  if (visibility === 'PUBLIC' || exportTo.every(item => item === '~')) return exportTo;
  if (visibility === 'NONE') return ['~'];
  const own = exportTo.some(item => item === '*' || item === '.' || item === namespace);
  return own ? ['.'] : ['~'];
}

/** The mesh-wide default; before 1.31 only `.` or `*` in it counts, anything else hides from everybody. */
export function defaultExportTo(defaults: ExportTo, istioVersion: string): ExportTo {
  if (defaults.length === 0) return ['*'];
  if (versionHas(istioVersion, 'exportDefaultsNameNamespaces')) return defaults;
  if (defaults.includes('.')) return ['.'];
  return defaults.includes('*') ? ['*'] : ['~'];
}

/** `networking.istio.io/exportTo` of a Kubernetes Service: comma separated, blanks trimmed. */
export function annotatedExportTo(service: Resource<string, unknown>): ExportTo {
  const { annotations } = service.metadata;
  const text = Object.hasOwn(annotations, 'networking.istio.io/exportTo')
    ? annotations['networking.istio.io/exportTo']
    : undefined;
  return text === undefined || text === '' ? [] : text.split(',').map(item => item.trim());
}

/** True when an object of namespace `owner` exported like this is seen from `namespace` (`push_context.go:IsServiceVisible`). */
export function isExportedTo(exportTo: ExportTo, owner: string, namespace: string): boolean {
  return (
    exportTo.includes('*') ||
    (exportTo.includes('.') && owner === namespace) ||
    exportTo.includes(namespace)
  );
}

export const exportToOf = (entry: ServiceEntry): ExportTo => entry.spec.exportTo ?? [];
