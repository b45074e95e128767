import type { ValueOf } from '../../schema';
import type { matchLabelsSelector, targetReference } from '../../schema/kinds/selectors';
import { type Findings, reject } from '../findings';
import { validateWorkloadSelector } from './destination-rule';

type TargetReference = ValueOf<typeof targetReference>;

interface Targeted {
  readonly selector: ValueOf<typeof matchLabelsSelector> | undefined;
  readonly targetRef?: TargetReference | undefined;
  readonly targetRefs: readonly TargetReference[];
}

/** What a policy may be attached to: kind by API group, `core` for the empty one. */
const allowed = new Map([
  ['Service', 'core'],
  ['ServiceEntry', 'networking.istio.io'],
  ['Gateway', 'gateway.networking.k8s.io'],
  ['GatewayClass', 'gateway.networking.k8s.io'],
]);

function validateReference(findings: Findings, target: TargetReference, path: string): void {
  const refuse = (message: string) => reject(findings, 'selector-invalid', path, message);
  if (target.name === '') refuse('targetRef name must be set');
  if (target.namespace !== '') {
    refuse('targetRef namespace must not be set; cross namespace referencing is not supported');
  }
  const group = target.group === '' ? 'core' : target.group;
  if (allowed.get(target.kind) === group) return;
  refuse(
    `targetRef must be to one of [${[...allowed.keys()].join(' ')}] but was ${target.group}/${target.kind}`,
  );
}

/** A policy says by one way only what it is for: a selector, or references. */
export function validatePolicyTarget(findings: Findings, policy: Targeted): void {
  const { selector, targetRef, targetRefs } = policy;
  const ways = [selector !== undefined, targetRef !== undefined, targetRefs.length > 0];
  if (ways.filter(Boolean).length > 1) {
    const message = 'only one of targetRefs or workloadSelector can be set';
    reject(findings, 'conflict', 'spec', message);
  }
  validateWorkloadSelector(findings, selector, 'spec.selector');
  if (targetRef !== undefined) validateReference(findings, targetRef, 'spec.targetRef');
  targetRefs.forEach((target, at) => {
    validateReference(findings, target, `spec.targetRefs.${at}`);
  });
}
