import { map, message, required, text } from '../make-type';
import { mustBeEmpty, noEmptyKeys, noWildcard, noWildcardKeys } from '../rules';

/** `WorkloadSelector` of networking.istio.io: `labels`. */
export const labelSelector = message({
  labels: map(text({ maxLength: 63, rules: [noWildcard] }), { maxProperties: 256 }),
});

/** `WorkloadSelector` of type.istio.io: `matchLabels`. */
export const matchLabelsSelector = message({
  matchLabels: map(text({ maxLength: 63, rules: [noWildcard] }), {
    maxProperties: 4096,
    rules: [noWildcardKeys, noEmptyKeys],
  }),
});

/** `PolicyTargetReference`. */
export const targetReference = message({
  group: text({
    maxLength: 253,
    pattern: /^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  }),
  kind: required(
    text({ minLength: 1, maxLength: 63, pattern: /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/ }),
  ),
  name: required(text({ minLength: 1, maxLength: 253 })),
  namespace: text({ rules: [mustBeEmpty] }),
});
