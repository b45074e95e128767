import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

/** The demo portal: the catalog, and every plugin that is among the package's dependencies (`app.packages: all`). */
export const app = createApp({ features: [catalogPlugin] });
