import { isHttp, isTls } from '../../mesh';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const servicePort443NonTlsName: Rule = {
  id: 'service/port-443-non-tls-name',
  level: 'error',
  title: 'an in-mesh Service makes 443 HTTP',
  why: 'its port name decides the protocol of 443 for everybody who sees the Service: HTTPS to other hosts breaks',
  inputs: ['services'],
  aliases: ['IST0118'],
  tags: ['S11'],
  *check({ mesh, importers }) {
    const tlsHosts = mesh.services
      .filter(service => service.ports.some(port => port.port === 443 && isTls(port.protocol)))
      .map(service => service.hostname);
    for (const service of mesh.services) {
      if (service.registry !== 'kubernetes') continue;
      for (const port of service.ports) {
        if (port.port !== 443 || !isHttp(port.protocol)) continue;
        const place = placeOf(port.origin);
        if (place === undefined) continue;
        yield {
          ...place,
          port: port.port,
          message: `port 443 is named \`${port.name}\`, which makes it ${port.protocol}`,
          workloads: importers(service),
          hosts: tlsHosts.length === 0 ? ['*'] : tlsHosts,
        };
      }
    }
  },
};
