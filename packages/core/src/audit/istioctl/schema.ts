import type { Issue } from '../../origin';
import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { type MessageCode, messageOn } from './message';

/** Warnings of the validator that have a message type of their own (`pkg/config/validation`, `AnalysisAwareError`). */
const own = {
  'istio-rule-unreachable': 'IST0130',
  'istio-rule-ineffective': 'IST0131',
} as const;

function messageOf({ code, severity, message }: Issue): { code: MessageCode; message: string } {
  if (severity === 'error')
    return { code: 'IST0106', message: `Schema validation error: ${message}` };
  return code === 'istio-rule-unreachable' || code === 'istio-rule-ineffective'
    ? { code: own[code], message: `${message.replace(/^virtualService/, 'VirtualService')}.` }
    : { code: 'IST0133', message: `Schema validation warning: ${message}` };
}

/** Sentences that come of an object's labels. */
const ofLabels = [
  'addresses are required for ports serving TCP',
  'location MESH_INTERNAL with resolution type DYNAMIC_DNS',
];

/** istioctl shows the validator an object without its labels and annotations. */
function isUnseen({ code, message }: Issue, resource: object): boolean {
  if (code === 'istio-annotation-invalid') return true;
  if (!ofLabels.some(words => message.startsWith(words))) return false;
  const spec = 'spec' in resource && isRecord(resource.spec) ? resource.spec : {};
  return spec.resolution !== 'NONE';
}

/** What Istio's validation says of each object; of its configuration istioctl does not ask. Source: `schema/validation.go`. */
export const schema: Analyzer = {
  name: 'schema.ValidationAnalyzer',
  codes: ['IST0106', 'IST0130', 'IST0131', 'IST0133'],
  *analyze({ objections }) {
    for (const { issue, resource } of objections) {
      if (resource.kind === 'ConfigMap' || isUnseen(issue, resource)) continue;
      const { code, message } = messageOf(issue);
      yield messageOn(code, resource, message, issue.path);
    }
  },
};
