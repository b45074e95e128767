import type { Analyzer } from './analyzer';
import { messageOn } from './message';

/** Objects whose status says no. Source: `conditions/conditions.go`. */
export const conditions: Analyzer = {
  name: 'conditions.ConditionAnalyzer',
  codes: ['IST0171'],
  *analyze({ resources }) {
    const objects = [
      ...resources.services,
      ...resources.serviceEntries,
      ...resources.authorizationPolicies,
    ];
    for (const object of objects) {
      for (const { type, status, reason, message } of object.conditions ?? []) {
        if (status !== 'False' || !type.startsWith('istio.io/')) continue;
        const text = `A condition with a negative status is present: type=${type}, reason=${reason}, message=${message}.`;
        yield messageOn('IST0171', object, text, 'status.conditions');
      }
    }
  },
};
