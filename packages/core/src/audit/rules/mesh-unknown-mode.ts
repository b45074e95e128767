import type { Rule } from '../rule';

export const meshUnknownMode: Rule = {
  id: 'mesh/unknown-mode',
  level: 'error',
  title: 'the outbound mode is not known',
  why: 'a mode that istiod does not know makes it refuse the whole mesh configuration; the defaults stay in force',
  inputs: [],
  aliases: [],
  tags: ['S08'],
  *check({ issues }) {
    for (const issue of issues) {
      if (
        issue.code !== 'unknown-enum-value' ||
        !issue.path?.endsWith('outboundTrafficPolicy.mode')
      )
        continue;
      if (issue.object === undefined) continue;
      yield {
        object: issue.object,
        ...(issue.source === undefined ? {} : { source: issue.source }),
        path: 'data.mesh',
        message: issue.message,
      };
    }
  },
};
