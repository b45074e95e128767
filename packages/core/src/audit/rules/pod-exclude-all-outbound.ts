import { parseCidr } from '../../net';
import { annotationPlace } from '../facts/annotation-place';
import type { Rule } from '../rule';

const annotation = 'traffic.sidecar.istio.io/excludeOutboundIPRanges';

/** Whether the ranges together hold all of IPv4, for example `0.0.0.0/0`, or `0.0.0.0/1,128.0.0.0/1`. */
function coversEverything(value: string): boolean {
  const blocks = value.split(',').flatMap(text => {
    const cidr = parseCidr(text.trim());
    if (cidr?.family !== 4) return [];
    const start = cidr.address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const size = 2 ** (32 - cidr.length);
    return [[Math.floor(start / size) * size, size] as const];
  });
  let covered = 0;
  for (const [start, size] of blocks.sort(([a], [b]) => a - b)) {
    if (start > covered) return false;
    covered = Math.max(covered, start + size);
  }
  return covered >= 2 ** 32;
}

export const podExcludeAllOutbound: Rule = {
  id: 'pod/exclude-all-outbound',
  level: 'error',
  title: 'the excluded ranges cover everything',
  why: 'no outbound traffic is captured: no policy, no telemetry, every host reachable',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S49', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = annotationPlace(workload, annotation);
      if (place === undefined || !coversEverything(place.value)) continue;
      yield {
        ...place.at,
        message: `\`${annotation}: ${place.value}\` excludes every IPv4 address`,
        workloads: [workload.ref],
        hosts: ['*'],
      };
    }
  },
};
