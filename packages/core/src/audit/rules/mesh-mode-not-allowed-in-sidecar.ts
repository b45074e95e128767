import type { Rule } from '../rule';

export const meshModeNotAllowedInSidecar: Rule = {
  id: 'mesh/mode-not-allowed-in-sidecar',
  level: 'error',
  title: 'a mode that a Sidecar cannot have',
  why: 'ALLOW_ANY_DYNAMIC_DNS exists in the mesh configuration only; the API server refuses the Sidecar',
  inputs: [],
  aliases: [],
  tags: ['S08'],
  *check({ issues }) {
    for (const { severity, path, object, source } of issues) {
      if (severity !== 'error' || object?.kind !== 'Sidecar') continue;
      if (path !== 'spec.outboundTrafficPolicy.mode') continue;
      yield {
        object,
        ...(source === undefined ? {} : { source }),
        path,
        message: 'a Sidecar knows ALLOW_ANY and REGISTRY_ONLY only',
      };
    }
  },
};
