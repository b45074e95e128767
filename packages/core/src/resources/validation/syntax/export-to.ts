import { type Findings, reject } from '../findings';
import { isDnsLabel } from './dns-name';

function checkEntry(entry: string): string | undefined {
  if (entry === '.' || entry === '*') return undefined;
  if (entry === '~') return 'exportTo ~ (none) is not allowed for Istio configuration objects';
  return isDnsLabel(entry)
    ? undefined
    : 'only .,*, or a valid DNS 1123 label is allowed as exportTo entry';
}

export interface ExportTo {
  readonly namespace: string;
  readonly entries: readonly string[];
  /** Only ServiceEntries may be exported to nobody (`~`). */
  readonly mayHide?: boolean;
  /** A DestinationRule for selected workloads stays in its namespace. */
  readonly selecting?: boolean;
}

/** `validateExportTo`: no duplicates (`.` is the own namespace), `*` and `~` alone. */
export function validateExportTo(findings: Findings, exported: ExportTo, path: string): void {
  const { namespace, entries, mayHide = false, selecting = false } = exported;
  const seen = new Set<string>();
  const refuse = (message: string) => reject(findings, 'export-to-invalid', path, message);
  for (const entry of entries) {
    const key = entry === '.' ? namespace : entry;
    if (seen.has(key)) {
      refuse(
        key === entry
          ? `duplicate entries in exportTo for entry ${entry}`
          : `duplicate entries in exportTo: . and current namespace ${namespace}`,
      );
      continue;
    }
    const wrong = mayHide && entry === '~' ? undefined : checkEntry(key);
    if (wrong === undefined) seen.add(key);
    else refuse(wrong);
  }
  if (selecting && seen.size > 0 && !seen.has(namespace)) {
    refuse('destination rule with workload selector cannot have exportTo beyond current namespace');
  } else if (selecting && seen.size > 1) {
    refuse('destination rule with workload selector cannot have multiple entries in exportTo');
  }
  if (entries.length < 2) return;
  if (seen.has('*')) {
    refuse('cannot have both public (*) and non-public exportTo values for a resource');
  }
  if (seen.has('~')) refuse('cannot export service entry to no one (~) and someone');
}
