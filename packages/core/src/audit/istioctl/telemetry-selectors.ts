import type { Labels, Pod } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { messageOn, type Reported } from './message';
import { formatSelector } from './selector-index';

interface Telemetry {
  readonly resource: Reported;
  /** Absent and empty differ: an empty selector is looked at by no analyzer. */
  readonly selector: Labels | undefined;
  /** It is for a gateway or a service. */
  readonly targeted: boolean;
  readonly loggers: readonly unknown[];
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function readSelector(value: unknown): Labels | undefined {
  if (!isRecord(value)) return undefined;
  const labels = isRecord(value.matchLabels) ? value.matchLabels : {};
  return Object.fromEntries(Object.entries(labels).map(([key, item]) => [key, String(item)]));
}

const telemetries = ({ resources }: AnalysisContext): readonly Telemetry[] =>
  resources.other
    .filter(item => item.kind === 'Telemetry')
    .map(item => {
      const spec = isRecord(item.spec) && isRecord(item.spec.spec) ? item.spec.spec : {};
      return {
        resource: item,
        selector: readSelector(spec.selector),
        targeted: spec.targetRef !== undefined || list(spec.targetRefs).length > 0,
        loggers: list(spec.accessLogging),
      };
    });

const namesOf = (group: readonly Telemetry[]) =>
  group.map(({ resource }) => resource.metadata.name).join(' ');

/** Selectors that pick nothing or the same pod. Source: `telemetry/selector.go`. */
export const telemetrySelectors: Analyzer = {
  name: 'telemetry.SelectorAnalyzer',
  codes: ['IST0101', 'IST0159'],
  *analyze(context) {
    const selected = new Map<Pod, Telemetry[]>();
    for (const telemetry of telemetries(context)) {
      const { resource, selector = {} } = telemetry;
      if (Object.keys(selector).length === 0) continue;
      const pods = context.podsIn(resource.metadata.namespace ?? '').select(selector);
      if (pods.length === 0) {
        const message = `Referenced selector not found: "${formatSelector(selector)}"`;
        yield messageOn('IST0101', resource, message, 'spec.selector.matchLabels');
      }
      for (const pod of pods) selected.set(pod, [...(selected.get(pod) ?? []), telemetry]);
    }
    for (const [{ metadata }, group] of selected) {
      if (group.length < 2) continue;
      const message = `The Telemetries [${namesOf(group)}] in namespace "${metadata.namespace}" select the same workload pod "${metadata.name}", which can lead to undefined behavior.`;
      for (const { resource } of group) {
        yield messageOn('IST0159', resource, message, 'metadata.name');
      }
    }
  },
};

/** Several without selector in a namespace. Source: `telemetry/defaultselector.go`; those with a target select by it. */
export const telemetryDefaults: Analyzer = {
  name: 'telemetry.DefaultSelectorAnalyzer',
  codes: ['IST0160'],
  *analyze(context) {
    const groups = new Map<string, Telemetry[]>();
    for (const telemetry of telemetries(context)) {
      if (telemetry.selector !== undefined || telemetry.targeted) continue;
      const namespace = telemetry.resource.metadata.namespace ?? '';
      groups.set(namespace, [...(groups.get(namespace) ?? []), telemetry]);
    }
    for (const [namespace, group] of groups) {
      if (group.length < 2) continue;
      const message = `The Telemetries [${namesOf(group)}] in namespace "${namespace}" have no workload selector, which can lead to undefined behavior.`;
      for (const { resource } of group) yield messageOn('IST0160', resource, message);
    }
  },
};

/** Access logs that go nowhere, as the mesh has no default for them. Source: `telemetry/providers.go`. */
export const telemetryProviders: Analyzer = {
  name: 'telemetry.ProviderAnalyzer',
  codes: ['IST0157'],
  *analyze(context) {
    const hasDefault = context.resources.meshConfigs.some(({ set }) =>
      set.some(path => path.startsWith('defaultProviders.accessLogging')),
    );
    if (hasDefault) return;
    for (const { resource, loggers } of telemetries(context)) {
      const { name, namespace } = resource.metadata;
      const message = `The Telemetry ${name} in namespace "${namespace}" with empty providers will be ignored.`;
      for (const [index, logger] of loggers.entries()) {
        if (isRecord(logger) && list(logger.providers).length > 0) continue;
        yield messageOn('IST0157', resource, message, `spec.accessLogging.${index}`);
      }
    }
  },
};
