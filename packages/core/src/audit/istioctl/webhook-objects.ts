import { selectorMatches } from '../../mesh';
import type { LabelSelector, Labels } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import { isRecord } from './json';
import type { Reported } from './message';

/** One entry of a MutatingWebhookConfiguration. An absent selector matches everything. */
export interface Webhook {
  readonly name: string;
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly service?: { readonly namespace: string; readonly name: string };
}
export interface WebhookConfiguration {
  readonly resource: Reported;
  readonly webhooks: readonly Webhook[];
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const labels = (value: unknown): Readonly<Record<string, string>> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text(item)]))
    : {};

function selector(value: unknown): LabelSelector | undefined {
  if (!isRecord(value)) return undefined;
  return {
    matchLabels: labels(value.matchLabels),
    matchExpressions: list(value.matchExpressions)
      .filter(isRecord)
      .map(item => ({
        key: text(item.key),
        operator: text(item.operator),
        values: list(item.values).map(text),
      })),
  };
}

function webhook(value: Readonly<Record<string, unknown>>): Webhook {
  const config = isRecord(value.clientConfig) ? value.clientConfig : {};
  const service = isRecord(config.service) ? config.service : undefined;
  return {
    name: text(value.name),
    namespaceSelector: selector(value.namespaceSelector),
    objectSelector: selector(value.objectSelector),
    ...(service === undefined
      ? {}
      : { service: { namespace: text(service.namespace), name: text(service.name) } }),
  };
}

/** The cluster's mutating webhooks. */
export function webhookConfigurations({
  resources,
}: AnalysisContext): readonly WebhookConfiguration[] {
  return resources.other
    .filter(item => item.kind === 'MutatingWebhookConfiguration')
    .map(item => ({
      resource: item,
      webhooks: list(isRecord(item.spec) ? item.spec.webhooks : undefined)
        .filter(isRecord)
        .map(webhook),
    }));
}

/** As the API server evaluates a webhook's selector. */
export function webhookSelects(chosen: LabelSelector | undefined, set: Labels): boolean {
  return chosen === undefined || selectorMatches(chosen, set);
}
