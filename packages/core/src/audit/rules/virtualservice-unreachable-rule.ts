import type { Rule } from '../rule';

const unreachable = new Set(['istio-rule-unreachable', 'istio-rule-ineffective']);

export const virtualserviceUnreachableRule: Rule = {
  id: 'virtualservice/unreachable-rule',
  level: 'info',
  title: 'a rule of a VirtualService is never used',
  why: 'an earlier rule takes everything that it matches',
  inputs: [],
  aliases: ['IST0130', 'IST0131'],
  tags: [],
  *check({ issues }) {
    for (const { code, object, source, path, message } of issues) {
      if (object?.kind !== 'VirtualService' || !unreachable.has(code)) continue;
      yield {
        object,
        ...(source === undefined ? {} : { source }),
        ...(path === undefined ? {} : { path }),
        message,
      };
    }
  },
};
