import type { LabelSelector } from '../../resources';
import type { InjectionWebhook } from './injector';

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

const absent = (key: string): Expression => ({ key, operator: 'DoesNotExist' });
const oneOf = (key: string, value: string): Expression => ({
  key,
  operator: 'In',
  values: [value],
});
const all = (...matchExpressions: Expression[]): LabelSelector => ({ matchExpressions });

const revision = 'istio.io/rev';
const injection = 'istio-injection';
const inject = 'sidecar.istio.io/inject';
const notRefused: Expression = { key: inject, operator: 'NotIn', values: ['false'] };
const systemNamespaces: Expression = {
  key: 'kubernetes.io/metadata.name',
  operator: 'NotIn',
  values: ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'],
};

/** Values of the istiod chart that shape its webhooks. */
export interface WebhookValues {
  /** Empty for the control plane without a revision. */
  readonly revision: string;
  readonly revisionTags: readonly string[];
  readonly enableNamespacesByDefault: boolean;
  /** Namespace of the release; a name other than `istio-system` is part of the configuration's name. */
  readonly releaseNamespace: string;
}

/**
 * The webhooks of an istiod chart (manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml and
 * revision-tags-mwc.yaml): two per revision and per tag that listen to `istio.io/rev`; the control plane without revision
 * and the tag `default` also listen to `istio-injection` and, on wish, to namespaces without any label.
 */
export function standardWebhooks(values: WebhookValues): readonly InjectionWebhook[] {
  const name = values.revision;
  const service = name === '' ? 'istiod' : `istiod-${name}`;
  const suffix = values.releaseNamespace === 'istio-system' ? '' : `-${values.releaseNamespace}`;
  const own = `istio-sidecar-injector${name === '' ? '' : `-${name}`}${suffix}`;
  return [
    ...webhookSet(own, service, name === '' ? 'default' : name, name === '', values),
    ...values.revisionTags.flatMap(tag =>
      webhookSet(`istio-revision-tag-${tag}${suffix}`, service, tag, tag === 'default', values),
    ),
  ];
}

function webhookSet(
  configuration: string,
  service: string,
  label: string,
  isDefault: boolean,
  values: WebhookValues,
): readonly InjectionWebhook[] {
  const webhook = (
    kind: string,
    namespaceSelector: LabelSelector,
    objectSelector: LabelSelector,
  ): InjectionWebhook => ({
    configuration,
    name: `${kind}.sidecar-injector.istio.io`,
    namespaceSelector,
    objectSelector,
    service,
  });
  const byRevision = [
    webhook('rev.namespace', all(oneOf(revision, label), absent(injection)), all(notRefused)),
    webhook(
      'rev.object',
      all(absent(revision), absent(injection)),
      all(notRefused, oneOf(revision, label)),
    ),
  ];
  if (!isDefault) return byRevision;
  const byDefault = [
    webhook('namespace', all(oneOf(injection, 'enabled')), all(notRefused)),
    webhook(
      'object',
      all(absent(injection), absent(revision)),
      all(oneOf(inject, 'true'), absent(revision)),
    ),
  ];
  const auto = webhook(
    'auto',
    all(absent(injection), absent(revision), systemNamespaces),
    all(absent(inject), absent(revision)),
  );
  return [...byRevision, ...byDefault, ...(values.enableNamespacesByDefault ? [auto] : [])];
}
