import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { type AnalysisMessage, messageOn } from './message';
import {
  type Webhook,
  type WebhookConfiguration,
  webhookConfigurations,
  webhookSelects,
} from './webhook-objects';

const revisionLabel = 'istio.io/rev';

function revisionsOf({ resource, webhooks }: WebhookConfiguration): readonly string[] {
  const own = resource.metadata.labels[revisionLabel];
  const named = webhooks
    .flatMap(hook => [hook.namespaceSelector, hook.objectSelector])
    .flatMap(selector => [
      ...(selector?.matchLabels?.[revisionLabel] === undefined
        ? []
        : [selector.matchLabels[revisionLabel]]),
      ...(selector?.matchExpressions ?? []).flatMap(({ key, values = [] }) =>
        key === revisionLabel ? values : [],
      ),
    ]);
  return own === undefined ? named : [own, ...named];
}

type LabelSet = Readonly<Record<string, string>>;

function permutations(label: string, values: readonly string[], revisions: readonly string[]) {
  const bases: readonly LabelSet[] = [{}, ...values.map(value => ({ [label]: value }))];
  return [
    ...bases,
    ...revisions.flatMap(revision => bases.map(base => ({ ...base, [revisionLabel]: revision }))),
  ];
}

interface NamedWebhook {
  readonly id: string;
  readonly hook: Webhook;
  readonly configuration: WebhookConfiguration;
}

/** Label combinations that call two webhooks: injection would run twice. */
function* overlaps(
  hooks: readonly NamedWebhook[],
  revisions: readonly string[],
): Iterable<AnalysisMessage> {
  const namespaces = permutations('istio-injection', ['enabled', 'disabled'], revisions);
  const objects = permutations('sidecar.istio.io/inject', ['true', 'false'], revisions);
  for (const namespace of namespaces) {
    const reachable = hooks.filter(({ hook }) => webhookSelects(hook.namespaceSelector, namespace));
    for (const object of objects) {
      const called = reachable.filter(({ hook }) => webhookSelects(hook.objectSelector, object));
      if (new Set(called.map(({ id }) => id)).size < 2) continue;
      for (const { id, configuration } of called) {
        const others = called.filter(other => other.id !== id).map(other => other.id);
        const message = `Webhook overlaps with others: [${others.join(' ')}]. This may cause injection to occur twice.`;
        yield messageOn('IST0139', configuration.resource, message);
      }
    }
  }
}

function* missingServices(
  hooks: readonly NamedWebhook[],
  context: AnalysisContext,
): Iterable<AnalysisMessage> {
  for (const { hook, configuration } of hooks) {
    if (hook.service === undefined) continue;
    const { namespace, name } = hook.service;
    if (context.servicesIn(namespace).some(service => service.metadata.name === name)) continue;
    const message = `Injector refers to a control plane service that does not exist: ${namespace}/${name}.`;
    yield messageOn('IST0139', configuration.resource, message);
  }
}

/** Webhooks that overlap or call nobody. Source: `webhook/webhook.go`. */
export const webhooks: Analyzer = {
  name: 'webhook.Analyzer',
  codes: ['IST0139'],
  *analyze(context) {
    const configurations = webhookConfigurations(context).filter(
      item =>
        revisionsOf(item).length > 0 || item.webhooks.some(({ name }) => name.endsWith('istio.io')),
    );
    const hooks = configurations.flatMap(configuration =>
      configuration.webhooks.map(hook => ({
        id: `${configuration.resource.metadata.name}/${hook.name}`,
        hook,
        configuration,
      })),
    );
    yield* overlaps(hooks, [...new Set(configurations.flatMap(revisionsOf))]);
    yield* missingServices(hooks, context);
  },
};
