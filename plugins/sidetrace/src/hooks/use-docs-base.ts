import { configApiRef, useApi } from '@backstage/core-plugin-api';

/** Where the documentation of the checks is published; `undefined` when the app does not say. */
export function useDocsBase(): string | undefined {
  return useApi(configApiRef).getOptionalString('sidetrace.docsUrl');
}
