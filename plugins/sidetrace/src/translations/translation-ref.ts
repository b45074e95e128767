import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/** All texts of the plugin. */
export const sidetraceTranslationRef = createTranslationRef({
  id: 'plugin.sidetrace',
  messages,
  translations: { de: () => import('./de') },
});
