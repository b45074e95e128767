import type { Assumption, Origin } from '../../origin';
import {
  type DecodedResources,
  type LabelSelector,
  type Resource,
  refOf,
  scalarText,
} from '../../resources';
import { parseYaml } from '../../yaml';
import type { InjectionSetup, InjectionWebhook, Injector, InjectorConfig } from './injector';
import { member, memberAt, texts } from './member';
import { standardWebhooks } from './standard-webhooks';

/** The injectors and webhooks of a mesh, and what had to be taken as given. */
export interface MeshInjectionSetup extends InjectionSetup {
  readonly assumptions: readonly Assumption[];
}

/**
 * How pods of a mesh are injected: by the MutatingWebhookConfigurations in the input, else by those that the standard
 * charts make from the Helm values in the input (defaults without any), plus one control plane per revision that a label
 * names and nothing else explains.
 */
export function injectionSetup(
  resources: DecodedResources,
  rootNamespace: string,
): MeshInjectionSetup {
  const webhooks = resources.other
    .filter(({ kind }) => kind === 'MutatingWebhookConfiguration')
    .flatMap(readConfiguration);
  const charts = chartsOf(resources, rootNamespace);
  const injectors = charts.map(chart => injectorOf(resources, chart));
  if (webhooks.length > 0) {
    const known = new Set(injectors.map(({ service }) => service));
    const others = [...new Set(webhooks.map(({ service }) => service))]
      .filter(service => !known.has(service))
      .map(service => injectorOf(resources, { revision: service.replace(/^istiod-?/, '') }));
    return { webhooks, injectors: [...injectors, ...others], assumptions: [] };
  }
  return {
    webhooks: charts.flatMap(chart =>
      standardWebhooks({
        revision: chart.revision,
        revisionTags: texts(memberAt(chart.values, 'revisionTags')),
        enableNamespacesByDefault:
          memberAt(chart.values, 'sidecarInjectorWebhook.enableNamespacesByDefault') === true,
        releaseNamespace: rootNamespace,
      }),
    ),
    injectors,
    assumptions: charts.flatMap(({ assumption }) => (assumption === undefined ? [] : [assumption])),
  };
}

interface Chart {
  readonly revision: string;
  readonly values?: unknown;
  readonly resource?: Resource<string, unknown>;
  readonly assumption?: Assumption;
}

/** One per Helm values object, else the default control plane; then one per revision that only labels show. */
function chartsOf(resources: DecodedResources, rootNamespace: string): readonly Chart[] {
  const given = resources.other
    .filter(({ kind }) => kind === 'HelmValues')
    .map((resource): Chart => {
      const revision = memberAt(resource.spec, 'revision');
      return {
        revision: typeof revision === 'string' ? revision : '',
        values: resource.spec,
        resource,
      };
    });
  const charts = given.length > 0 ? given : [{ revision: '' }];
  const known = new Set([
    'default',
    ...charts.flatMap(({ revision, values }: Chart) => [
      revision,
      ...texts(memberAt(values, 'revisionTags')),
    ]),
  ]);
  const shown = [...new Set(revisionLabels(resources))].filter(revision => !known.has(revision));
  return [...charts, ...shown.map(revision => assumedChart(revision, rootNamespace))];
}

function assumedChart(revision: string, namespace: string): Chart {
  return {
    revision,
    assumption: {
      code: 'revision-assumed',
      message: `a label asks for revision \`${revision}\`; a control plane or tag of that name is taken to be installed in \`${namespace}\``,
    },
  };
}

function revisionLabels({ namespaces, workloads, pods }: DecodedResources): readonly string[] {
  const labelled = [
    ...namespaces.map(({ metadata }) => metadata.labels),
    ...workloads.map(({ spec }) => spec.template.labels),
    ...pods.map(({ metadata }) => metadata.labels),
  ];
  return labelled.flatMap(labels => {
    const revision = Object.hasOwn(labels, 'istio.io/rev') ? labels['istio.io/rev'] : undefined;
    return revision === undefined || revision === '' ? [] : [revision];
  });
}

/** The injector's ConfigMap decides; without it the Helm values, else the chart's defaults. */
function injectorOf(resources: DecodedResources, { revision, values, resource }: Chart): Injector {
  const suffix = revision === '' ? '' : `-${revision}`;
  const map = resources.other.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' && metadata.name === `istio-sidecar-injector${suffix}`,
  );
  const rendered = map === undefined ? undefined : readInjectorConfig(map);
  const webhook = memberAt(values, 'sidecarInjectorWebhook');
  const policy = memberAt(values, 'global.proxy.autoInject');
  const config: InjectorConfig = rendered ?? {
    policy: policy === undefined ? 'enabled' : scalarText(policy),
    neverInjectSelector: selectors(member(webhook, 'neverInjectSelector')),
    alwaysInjectSelector: selectors(member(webhook, 'alwaysInjectSelector')),
  };
  const holder = rendered === undefined ? resource : map;
  return {
    service: `istiod${suffix}`,
    revision: revision === '' ? 'default' : revision,
    config,
    origin: field => originOf(field, holder, rendered !== undefined),
  };
}

const helmPaths = {
  policy: 'global.proxy.autoInject',
  neverInjectSelector: 'sidecarInjectorWebhook.neverInjectSelector',
  alwaysInjectSelector: 'sidecarInjectorWebhook.alwaysInjectSelector',
} as const;

function originOf(
  field: keyof typeof helmPaths,
  holder: Resource<string, unknown> | undefined,
  rendered: boolean,
): Origin {
  const path = helmPaths[field];
  const isSet = rendered || memberAt(holder?.spec, path) !== undefined;
  if (holder === undefined || !isSet) {
    return { kind: 'default', default: field === 'policy' ? `${path}=enabled` : `${path}=[]` };
  }
  return {
    kind: 'object',
    object: refOf(holder),
    path: rendered ? `data.config.${field}` : path,
    source: holder.source,
  };
}

function readInjectorConfig(map: Resource<string, unknown>): InjectorConfig | undefined {
  const text = memberAt(map.spec, 'data.config');
  const yaml = typeof text === 'string' ? parseYaml(text) : undefined;
  if (!yaml?.ok) return undefined;
  return {
    policy: scalarText(member(yaml.value, 'policy')),
    neverInjectSelector: selectors(member(yaml.value, 'neverInjectSelector')),
    alwaysInjectSelector: selectors(member(yaml.value, 'alwaysInjectSelector')),
  };
}

function readConfiguration(resource: Resource<string, unknown>): readonly InjectionWebhook[] {
  const webhooks = member(resource.spec, 'webhooks');
  if (!Array.isArray(webhooks)) return [];
  return webhooks.flatMap((webhook: unknown) => {
    const name = member(webhook, 'name');
    const service = memberAt(webhook, 'clientConfig.service.name');
    if (typeof name !== 'string' || typeof service !== 'string') return [];
    if (!name.endsWith('sidecar-injector.istio.io')) return [];
    return [
      {
        configuration: resource.metadata.name,
        name,
        namespaceSelector: readSelector(member(webhook, 'namespaceSelector')),
        objectSelector: readSelector(member(webhook, 'objectSelector')),
        service,
      },
    ];
  });
}

function selectors(value: unknown): readonly LabelSelector[] {
  return Array.isArray(value) ? value.map(readSelector) : [];
}

function readSelector(value: unknown): LabelSelector {
  const labels = member(value, 'matchLabels');
  const expressions = member(value, 'matchExpressions');
  return {
    matchLabels:
      typeof labels === 'object' && labels !== null
        ? Object.fromEntries(Object.entries(labels).map(([key, item]) => [key, scalarText(item)]))
        : {},
    matchExpressions: Array.isArray(expressions)
      ? expressions.map((item: unknown) => ({
          key: scalarText(member(item, 'key')),
          operator: scalarText(member(item, 'operator')),
          values: texts(member(item, 'values')),
        }))
      : [],
  };
}
