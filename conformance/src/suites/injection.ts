import { decodeResources } from '@sidetrace/core';
import {
  admissionPodOfPod,
  admissionPodOfWorkload,
  decideInjection,
  injectionVersion,
} from '@sidetrace/core/testing';
import type { Answer, Suite } from '../suite';

type Setup = Parameters<typeof decideInjection>[2];

/** One rendered chart of clusters.json. */
interface Chart {
  readonly istiodService: string;
  readonly helmValues: { readonly revision?: string };
  readonly webhooks: Setup['webhooks'];
  readonly injectorConfig: Setup['injectors'][number]['config'] | null;
}

const source = { file: 'inputs.jsonl', document: 0, line: 1 };
const option = (name: string) => ({ kind: 'option', option: name }) as const;

function setupOf(charts: readonly Chart[]): Setup {
  return {
    webhooks: charts.flatMap(chart => chart.webhooks),
    injectors: charts.flatMap(({ istiodService: service, helmValues, injectorConfig }) =>
      injectorConfig === null
        ? []
        : [
            {
              service,
              revision: helmValues.revision ?? 'default',
              config: injectorConfig,
              origin: option,
            },
          ],
    ),
  };
}

function podOf(workload: unknown, defaultNamespace: string) {
  const { resources } = decodeResources([{ value: workload, source }], { defaultNamespace });
  const [pod] = resources.pods;
  if (pod !== undefined) return admissionPodOfPod(pod);
  const [owner] = resources.workloads;
  return owner === undefined ? undefined : admissionPodOfWorkload(owner);
}

export const injection: Suite = {
  name: 'injection',
  open: context => {
    const clusters = JSON.parse(context.readText('clusters.json')) as Record<string, Chart[]>;
    const setups = new Map(
      Object.entries(clusters).map(([name, charts]) => [name, setupOf(charts)]),
    );
    const version = injectionVersion(context.istio);
    return (input): Answer => {
      const setup = setups.get(String(input.cluster));
      const [namespace] = decodeResources([{ value: input.namespace, source }]).resources
        .namespaces;
      const pod = namespace && podOf(input.workload, namespace.metadata.name);
      if (setup === undefined || pod === undefined || namespace === undefined) {
        return { answer: null, why: 'cluster, namespace or workload cannot be read' };
      }
      const { name, labels } = namespace.metadata;
      const decision = decideInjection(pod, { name, labels, origin: option }, setup, version);
      const names = decision.calls.map(({ webhook }) => `${webhook.configuration}/${webhook.name}`);
      return {
        answer: {
          webhookMatches: names,
          injected: decision.injected,
          reason: decision.reason,
          revisions: decision.calls
            .filter(call => call.required)
            .map(({ injector }) => injector.revision),
          decisions: decision.calls.map(({ injector, required, reason }, i) => ({
            webhook: names[i],
            injector: injector.service,
            required,
            reason,
          })),
        },
      };
    };
  },
};
