import { isHttp } from '../../mesh';
import { forwardProxies } from '../facts/forward-proxies';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const egressProxyConnectHttpPort: Rule = {
  id: 'egress/proxy-connect-http-port',
  level: 'warning',
  title: 'a forward proxy behind a port that is HTTP',
  why: 'CONNECT sent to a port that is HTTP for the sidecar is answered 404; declare the port TCP',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S26'],
  *check({ mesh, servicesByHost }) {
    for (const { workload, host, port, path } of forwardProxies(mesh.workloads)) {
      const place = placeOf(workload.origin);
      const service = (servicesByHost().get(host) ?? []).find(item =>
        item.ports.some(own => own.port === port && isHttp(own.protocol)),
      );
      if (service === undefined || place === undefined) continue;
      yield {
        ...place,
        path,
        port,
        message: `\`${host}:${port}\` is HTTP in the registry: CONNECT gets 404`,
        workloads: [workload.ref],
        hosts: [host],
      };
    }
  },
};
