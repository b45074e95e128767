import type { Service, WorkloadResource } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { templateInMesh } from './in-mesh';
import { type AnalysisMessage, messageOn } from './message';
import { selects } from './selector-index';

/** Services whose selector picks the pods of the deployment; a service without selector picks none. */
function servicesOf(deployment: WorkloadResource, context: AnalysisContext): readonly Service[] {
  return context
    .servicesIn(deployment.metadata.namespace ?? '')
    .filter(
      ({ spec: { selector } }) =>
        selector !== undefined &&
        Object.keys(selector).length > 0 &&
        selects(selector, deployment.spec.template.labels),
    );
}

const fullName = (service: Service) => `${service.metadata.namespace}/${service.metadata.name}`;

function group<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

function* protocolConflicts(
  deployment: WorkloadResource,
  services: readonly Service[],
): Iterable<AnalysisMessage> {
  const ports = group(
    services.flatMap(service =>
      service.spec.ports.map(port => [port.port, { protocol: port.protocol, service }] as const),
    ),
  );
  for (const [port, uses] of ports) {
    if (new Set(uses.map(use => use.protocol)).size < 2) continue;
    const names = uses.map(use => fullName(use.service)).sort();
    const { name } = deployment.metadata;
    const message = `This deployment ${name} is associated with multiple services using port ${port} but different protocols: [${names.join(' ')}]`;
    yield messageOn('IST0116', deployment, message, 'metadata.name');
  }
}

const targetOf = (target: number | string | undefined, port: number) =>
  target === undefined || target === 0 || target === '' || target === '0' ? `${port}` : `${target}`;

function* targetPortConflicts(
  deployment: WorkloadResource,
  services: readonly Service[],
): Iterable<AnalysisMessage> {
  const targets = group(
    services.flatMap(service =>
      service.spec.ports.map(
        ({ targetPort, port }) => [targetOf(targetPort, port), [port, fullName(service)]] as const,
      ),
    ),
  );
  for (const [target, uses] of targets) {
    const byPort = new Map(uses.map(([port, service]) => [port, service]));
    if (byPort.size < 2) continue;
    const names = [...byPort.values()].sort().join(' ');
    const ports = [...byPort.keys()].sort((a, b) => a - b).join(' ');
    const message = `This deployment ${deployment.metadata.name} is associated with multiple services [${names}] using targetPort "${target}" but different ports: [${ports}].`;
    yield messageOn('IST0137', deployment, message, 'metadata.name');
  }
}

/** Services that share a deployment's port. Source: `deployment/services.go`. */
export const deploymentServices: Analyzer = {
  name: 'deployment.MultiServiceAnalyzer',
  codes: ['IST0116', 'IST0137'],
  *analyze(context) {
    for (const deployment of context.resources.workloads) {
      if (deployment.kind !== 'Deployment') continue;
      if (deployment.metadata.labels['gateway.istio.io/managed'] === 'istio.io-mesh-controller')
        continue;
      if (!templateInMesh(deployment, context)) continue;
      const services = servicesOf(deployment, context);
      yield* protocolConflicts(deployment, services);
      yield* targetPortConflicts(deployment, services);
    }
  },
};
