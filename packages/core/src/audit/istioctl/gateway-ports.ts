import type { Gateway } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';
import { formatSelector, selects } from './selector-index';

/** `IntOrString.IntValue`: the name of a port is none. */
const portNumber = (target: number | string | undefined, port: number) =>
  typeof target === 'string' && !/^\d+$/.test(target) ? port : Number(target ?? port);

/** The selected pods, and the TCP ports and target ports of the Services in front of them. */
function offered(gateway: Gateway, context: AnalysisContext) {
  const pods = context.pods.select(gateway.spec.selector);
  const ports = new Set<number>();
  for (const pod of pods) {
    for (const service of context.servicesIn(pod.metadata.namespace ?? '')) {
      if (!selects(service.spec.selector ?? {}, pod.metadata.labels)) continue;
      for (const { protocol, targetPort, port } of service.spec.ports) {
        if (protocol === 'TCP') ports.add(port).add(portNumber(targetPort, port));
      }
    }
  }
  return { pods, ports };
}

/** Ports of a Gateway that no Service of its pods offers. Source: `gateway/gateway.go`. */
export const gatewayPorts: Analyzer = {
  name: 'gateway.IngressGatewayPortAnalyzer',
  codes: ['IST0101', 'IST0162'],
  *analyze(context) {
    for (const gateway of context.resources.gateways) {
      const selector = formatSelector(gateway.spec.selector);
      const { pods, ports } = offered(gateway, context);
      if (pods.length === 0) {
        yield messageOn(
          'IST0101',
          gateway,
          `Referenced selector not found: "${selector}"`,
          'spec.selector',
        );
        continue;
      }
      for (const [index, { port }] of gateway.spec.servers.entries()) {
        if (ports.has(port.number)) continue;
        const message = `The gateway is listening on a target port (port ${port.number}) that is not defined in the Service associated with its workload instances (Pod selector ${selector}). If you need to access the gateway port through the gateway Service, it will not be available.`;
        yield messageOn('IST0162', gateway, message, `spec.servers.${index}.port.number`);
      }
    }
  },
};
