import { createRouteRef } from '@backstage/core-plugin-api';

/** Page of the platform team. */
export const rootRouteRef = createRouteRef({ id: 'sidetrace' });
/** Tab of an entity page. */
export const entityContentRouteRef = createRouteRef({ id: 'sidetrace:entity' });
