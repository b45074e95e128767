import type { ValueOf } from '../../schema';
import type { envoyFilterSchema } from '../../schema/kinds/envoy-filter';
import { type Findings, reject, warn } from '../findings';
import type { Subject } from '../subject';
import { selectsEverything, validateSelectorLabels, withoutLabels } from '../syntax/selector';

type EnvoyFilterMessage = ValueOf<typeof envoyFilterSchema>;
type Patch = EnvoyFilterMessage['configPatches'][number];

const objects = {
  listener: ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER', 'LISTENER_FILTER'],
  routeConfiguration: ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'],
  cluster: ['CLUSTER'],
} as const;

/** A patch names what it changes and how, and matches objects of that sort only. */
function validatePatch(findings: Findings, patch: Patch, path: string): void {
  const refuse = (message: string) => reject(findings, 'match-invalid', path, message);
  if (patch.applyTo === 'INVALID') {
    refuse('Envoy filter: missing applyTo');
    return;
  }
  if (patch.patch === undefined) {
    refuse('Envoy filter: missing patch');
    return;
  }
  const { operation, value } = patch.patch;
  if (operation === 'INVALID') refuse('Envoy filter: missing patch operation');
  if (operation !== 'REMOVE' && value === undefined) {
    refuse('Envoy filter: missing patch value for non-remove operation');
  }
  for (const [object, targets] of Object.entries(objects)) {
    const matched = patch.match?.[object as keyof typeof objects];
    if (matched === undefined || targets.some(target => target === patch.applyTo)) continue;
    refuse(`Envoy filter: applyTo for ${object} match cannot be ${patch.applyTo}`);
  }
}

/** The part of `ValidateEnvoyFilter` that needs no knowledge of Envoy's own messages. */
export function validateEnvoyFilter(
  findings: Findings,
  _subject: Subject,
  filter: EnvoyFilterMessage,
): void {
  const selector = filter.workloadSelector;
  if (selector !== undefined) {
    validateSelectorLabels(findings, selector.labels, 'spec.workloadSelector.labels');
    if (findings.errors.length > 0) return;
    if (selectsEverything(selector.labels)) {
      const message = `Envoy filter: ${withoutLabels}, will be applied to all services in namespace`;
      warn(findings, 'selector-invalid', 'spec.workloadSelector', message);
    }
  }
  filter.configPatches.forEach((patch, at) => {
    validatePatch(findings, patch, `spec.configPatches.${at}`);
  });
}
