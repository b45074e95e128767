import { unregisteredHosts } from '../facts/declared-rows';
import type { Rule } from '../rule';

export const egressHttpAuthorityNotRegistered: Rule = {
  id: 'egress/http-authority-not-registered',
  level: 'error',
  title: 'a declared HTTP host is not in the registry',
  why: 'Envoy finds the destination by the Host header: without a virtual host for it REGISTRY_ONLY answers 502 and ALLOW_ANY passes the call on uncontrolled',
  inputs: ['workloads', 'declared-hosts'],
  aliases: [],
  tags: ['S01'],
  check: context =>
    unregisteredHosts(context, 'HTTP', (row, answer) => {
      const effect = answer === 'blocked' ? row.symptom : 'the call passes through unregistered';
      return `no virtual host answers to \`${row.host}:${row.port}\`: ${effect}`;
    }),
};
