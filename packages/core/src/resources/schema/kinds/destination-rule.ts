import { list, map, message, required, text } from '../make-type';
import { matchLabelsSelector } from './selectors';
import { trafficPolicy } from './traffic-policy';

/** Spec of DestinationRule. */
export const destinationRuleSchema = message({
  exportTo: list(text()),
  host: required(text()),
  subsets: list(
    message({
      labels: map(text()),
      name: required(text()),
      trafficPolicy: trafficPolicy,
    }),
  ),
  trafficPolicy: trafficPolicy,
  workloadSelector: matchLabelsSelector,
});
