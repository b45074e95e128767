import type { PodSpec } from '../../resources';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';
import { webhookConfigurations, webhookSelects } from './webhook-objects';

const asksForInjection = (spec: PodSpec) =>
  spec.containers.some(({ name, image }) => name === 'istio-proxy' && image === 'auto');

const text = (kind: string, name: string) =>
  `${kind} ${name} contains \`image: auto\` but does not match any Istio injection webhook selectors.`;

/** `image: auto` that no webhook will replace. Source: `injection/image-auto.go`. */
export const imageAuto: Analyzer = {
  name: 'injection.ImageAutoAnalyzer',
  codes: ['IST0146', 'IST0147'],
  *analyze(context) {
    const webhooks = webhookConfigurations(context)
      .flatMap(configuration => configuration.webhooks)
      .filter(({ name }) => name.endsWith('istio.io'));
    for (const pod of context.resources.pods) {
      if (asksForInjection(pod.spec))
        yield messageOn('IST0147', pod, text('Pod', pod.metadata.name));
    }
    for (const workload of context.resources.workloads) {
      const { template } = workload.spec;
      if (workload.kind !== 'Deployment' || !asksForInjection(template.spec)) continue;
      const labels =
        context.namespaces.get(workload.metadata.namespace || 'default')?.metadata.labels ?? {};
      const called = webhooks.some(
        hook =>
          webhookSelects(hook.namespaceSelector, labels) &&
          webhookSelects(hook.objectSelector, template.labels),
      );
      if (!called) yield messageOn('IST0146', workload, text('Deployment', workload.metadata.name));
    }
  },
};
