import { declaredRows, unregistered } from '../facts/declared-rows';
import type { Rule } from '../rule';

export const egressHttpAuthorityNotRegistered: Rule = {
  id: 'egress/http-authority-not-registered',
  level: 'error',
  title: 'a declared HTTP host is not in the registry',
  why: 'Envoy finds the destination by the Host header: without a virtual host for it REGISTRY_ONLY answers 502 and ALLOW_ANY passes the call on uncontrolled',
  inputs: ['workloads', 'declared-hosts'],
  aliases: [],
  tags: ['S01'],
  *check(context) {
    for (const { row, place } of declaredRows(context)) {
      if (row.protocol !== 'HTTP') continue;
      const answer = unregistered(row);
      if (answer === undefined) continue;
      yield {
        ...place,
        level: answer === 'blocked' ? 'error' : 'info',
        port: row.port,
        message: `no virtual host answers to \`${row.host}:${row.port}\`: ${answer === 'blocked' ? row.symptom : 'the call passes through unregistered'}`,
        workloads: [row.workload],
        hosts: [row.host],
      };
    }
  },
};
