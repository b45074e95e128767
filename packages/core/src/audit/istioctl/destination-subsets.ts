import type { Analyzer } from './analyzer';
import { completeHost } from './host-index';
import { messageOn } from './message';
import { destinationsOf } from './route-destinations';

const kubernetesName = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/;

/** `namespace/name` of a Kubernetes name, else the host in the namespace it is used in (`util.GetResourceNameFromHost`). */
function resourceName(namespace: string, host: string): string {
  const match = kubernetesName.exec(host);
  return match === null ? `${namespace}/${host}` : `${match[2]}/${match[1]}`;
}

/** Subsets that no DestinationRule defines. Source: `virtualservice/destinationrules.go`. */
export const destinationSubsets: Analyzer = {
  name: 'virtualservice.DestinationRuleAnalyzer',
  codes: ['IST0101'],
  *analyze({ resources }) {
    const defined = new Set(
      resources.destinationRules.flatMap(({ metadata, spec }) => {
        const namespace = metadata.namespace ?? '';
        const name = resourceName(namespace, completeHost(namespace, spec.host));
        return spec.subsets.map(subset => `${name}|${subset.name}`);
      }),
    );
    for (const service of resources.virtualServices) {
      for (const { destination, path, mirror } of destinationsOf(service)) {
        const { host, subset = '' } = destination;
        if (subset === '') continue;
        if (defined.has(`${resourceName(service.metadata.namespace ?? '', host)}|${subset}`))
          continue;
        const what = mirror ? 'mirror+subset in destinationrule' : 'host+subset in destinationrule';
        const message = `Referenced ${what} not found: "${host}+${subset}"`;
        yield messageOn('IST0101', service, message, `${path}.host`);
      }
    }
  },
};
