import { declaredRows } from '../facts/declared-rows';
import type { Rule } from '../rule';

export const egressDeclaredHostBlocked: Rule = {
  id: 'egress/declared-host-blocked',
  level: 'error',
  title: 'a declared host is blocked',
  why: 'the workload says that it needs the host, and its calls to it do not get through',
  inputs: ['workloads', 'declared-hosts'],
  aliases: [],
  tags: [],
  *check(context) {
    for (const { row, place } of declaredRows(context)) {
      if (row.delivery !== 'blocked' && row.delivery !== 'mixed') continue;
      yield {
        ...place,
        port: row.port,
        message: `\`${row.host}:${row.port}\` (${row.protocol}) is ${row.delivery}: ${row.symptom} [${row.reasons.join(', ')}]`,
        workloads: [row.workload],
        hosts: [row.host],
      };
    }
  },
};
