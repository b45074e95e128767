import type { SuggestAnswer, Suggestion } from '@sidetrace/backstage-plugin-sidetrace-common';

const isServiceEntry = ({ yaml }: Suggestion) => /^kind:\s*ServiceEntry\s*$/m.test(yaml);

/**
 * The suggestion that a pull request should bring: one that registers the host if there is one, else the first that is a
 * manifest. None when the call succeeds as it is, or only annotations of the workload help.
 */
export function chooseSuggestion({ suggestions }: SuggestAnswer): Suggestion | undefined {
  return suggestions.find(isServiceEntry) ?? suggestions.find(({ yaml }) => yaml.trim() !== '');
}
