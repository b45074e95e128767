import { proxySettingsOf } from '../../mesh';
import { proxyContainerOf } from '../facts/proxy-container';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const podStartupRace: Rule = {
  id: 'pod/startup-race',
  level: 'info',
  title: 'the application may start before the proxy',
  why: 'calls made at start are refused until Envoy is up; `holdApplicationUntilProxyStarts` or native sidecars prevent it',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S55'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = placeOf(workload.origin);
      const proxy = proxyContainerOf(mesh, workload);
      if (place === undefined || proxy === undefined || proxy.native || proxy.alone) continue;
      if (proxySettingsOf(mesh, workload).config.holdApplicationUntilProxyStarts === true) continue;
      yield {
        ...place,
        message: 'the proxy is an ordinary container and the application does not wait',
        workloads: [workload.ref],
      };
    }
  },
};
