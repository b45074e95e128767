import { forwardProxies } from '../facts/forward-proxies';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const egressBehindExternalProxy: Rule = {
  id: 'egress/behind-external-proxy',
  level: 'info',
  title: 'calls go to an explicit proxy',
  why: 'with `https_proxy` set the destination is the proxy; ServiceEntries for the hosts behind it do nothing',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S26'],
  *check({ mesh }) {
    for (const { workload, host, port, path } of forwardProxies(mesh.workloads)) {
      const place = placeOf(workload.origin);
      if (place === undefined) continue;
      yield {
        ...place,
        path,
        port,
        message: `HTTPS goes through \`${host}:${port}\``,
        workloads: [workload.ref],
        hosts: [host],
      };
    }
  },
};
