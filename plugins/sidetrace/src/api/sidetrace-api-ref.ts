import { type ApiRef, createApiRef } from '@backstage/core-plugin-api';
import type { SidetraceApi } from '@sidetrace/backstage-plugin-sidetrace-common';

/** The views of the Sidetrace backend. */
export const sidetraceApiRef: ApiRef<SidetraceApi> = createApiRef({
  id: 'plugin.sidetrace.client',
});
