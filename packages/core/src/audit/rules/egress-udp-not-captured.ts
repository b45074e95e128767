import { declaredRows } from '../facts/declared-rows';
import type { Rule } from '../rule';

export const egressUdpNotCaptured: Rule = {
  id: 'egress/udp-not-captured',
  level: 'warning',
  title: 'a UDP destination',
  why: 'the sidecar never sees UDP: no policy, route or metric applies to it',
  inputs: ['workloads', 'declared-hosts'],
  aliases: [],
  tags: ['S54', 'NSA/CISA', 'ATT&CK M1037'],
  *check(context) {
    for (const { row, place } of declaredRows(context)) {
      if (row.protocol !== 'UDP') continue;
      yield {
        ...place,
        port: row.port,
        message: `\`${row.host}:${row.port}\` is UDP and leaves the pod directly`,
        workloads: [row.workload],
        hosts: [row.host],
      };
    }
  },
};
