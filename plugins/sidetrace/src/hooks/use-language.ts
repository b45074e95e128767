import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';

/** The language that the reader chose in the app, for numbers and dates. */
export function useLanguage(): string {
  return useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
}
