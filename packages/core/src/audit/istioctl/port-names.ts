import { servicePortProtocol } from '../../mesh';
import type { Analyzer } from './analyzer';
import { isControlPlane, isManagedGateway } from './control-plane';
import { messageOn } from './message';

/** Port names that say no protocol. Source: `service/portname.go`. */
export const portNames: Analyzer = {
  name: 'service.PortNameAnalyzer',
  codes: ['IST0118', 'IST0150'],
  *analyze({ resources }) {
    for (const service of resources.services) {
      if (isControlPlane(service) || isManagedGateway(service)) continue;
      const external = service.spec.type === 'ExternalName';
      for (const [index, port] of service.spec.ports.entries()) {
        const detected = servicePortProtocol(port) === 'Unsupported';
        if (!detected && !(external && port.name === 'tcp')) continue;
        const message = external
          ? 'Port name for ExternalName service is invalid. Proxy may prevent tcp named ports and unmatched traffic for ports serving TCP protocol from being forwarded correctly'
          : `Port name ${port.name ?? ''} (port: ${port.port}, targetPort: ${port.targetPort ?? 0}) doesn't follow the naming convention of Istio port.`;
        yield messageOn(external ? 'IST0150' : 'IST0118', service, message, `spec.ports.${index}`);
      }
    }
  },
};
