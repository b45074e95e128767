import type { DestinationRule } from '../../resources';
import { sortByCreation } from '../creation-order';
import { derive, getOrMake } from '../derive';
import type { Mesh } from '../mesh';
import { fullHostname } from '../routing/short-names';
import { emptyHostTable, type HostTable, type MutableHostTable, rowsFor } from './host-table';
import { mergeDestinationRule } from './merge';
import type { MergedDestinationRule } from './merged-destination-rule';

export type RuleTable = HostTable<readonly MergedDestinationRule[]>;
type MutableRuleTable = MutableHostTable<readonly MergedDestinationRule[]>;

/** `push_context.go:setDestinationRules`. */
export interface RuleIndex {
  /** By namespace: what proxies of the namespace look at first. */
  readonly local: ReadonlyMap<string, RuleTable>;
  /** By namespace: what others may see of it. */
  readonly exported: ReadonlyMap<string, RuleTable>;
  /** Private rules of the root namespace. */
  readonly rootPrivate: RuleTable;
}

/** With a selector a rule is private, whatever it says. */
function exportSet({ spec }: DestinationRule): ReadonlySet<string> {
  return spec.workloadSelector === undefined ? new Set(spec.exportTo ?? []) : new Set(['.']);
}

function isLocal(exportTo: ReadonlySet<string>, namespace: string): boolean {
  return exportTo.size === 0 || ['*', '.', namespace].some(item => exportTo.has(item));
}

function isPrivate(exportTo: ReadonlySet<string>, namespace: string, mesh: Mesh): boolean {
  if (exportTo.size === 0) {
    return mesh.meshConfig.config.defaultDestinationRuleExportTo.includes('.');
  }
  return exportTo.size === 1 && (exportTo.has('.') || exportTo.has(namespace));
}

const newTable = (): MutableRuleTable => emptyHostTable();

const hasSelector = ({ spec }: DestinationRule) => spec.workloadSelector !== undefined;

/** With a selector first, then oldest first (`sortConfigBySelectorAndCreationTime`). */
function inOrder(rules: readonly DestinationRule[]): readonly DestinationRule[] {
  const sorted = sortByCreation(rules, item => item.metadata);
  return [...sorted.filter(hasSelector), ...sorted.filter(item => !hasSelector(item))];
}

export const ruleIndex: (mesh: Mesh) => RuleIndex = derive(
  mesh => [
    mesh.discovered.destinationRules,
    mesh.meshConfig.config,
    mesh.rootNamespace,
    mesh.clusterDomain,
    mesh.flags,
  ],
  mesh => {
    const enhanced = mesh.flags.enabled('ENABLE_ENHANCED_DESTINATIONRULE_MERGE');
    const local = new Map<string, MutableRuleTable>();
    const exported = new Map<string, MutableRuleTable>();
    const rootPrivate = newTable();
    for (const rule of inOrder(mesh.discovered.destinationRules)) {
      const namespace = rule.metadata.namespace ?? '';
      const host = fullHostname(rule.spec.host, { namespace, clusterDomain: mesh.clusterDomain });
      const exportTo = exportSet(rule);
      const addTo = (table: MutableRuleTable) => {
        const rows = rowsFor(table, host);
        rows.set(host, mergeDestinationRule(rows.get(host) ?? [], rule, host, exportTo, enhanced));
      };
      if (isLocal(exportTo, namespace)) addTo(getOrMake(local, namespace, newTable));
      if (!isPrivate(exportTo, namespace, mesh)) {
        addTo(getOrMake(exported, namespace, newTable));
      } else if (namespace === mesh.rootNamespace) addTo(rootPrivate);
    }
    return { local, exported, rootPrivate };
  },
);
