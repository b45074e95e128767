export { isSidetraceAvailable } from '@sidetrace/backstage-plugin-sidetrace-common';
export { sidetraceApiRef } from './api/sidetrace-api-ref';
export {
  EntitySidetraceCard,
  EntitySidetraceContent,
  SidetracePage,
  sidetracePlugin,
} from './plugin';
export { sidetraceTranslationRef } from './translations/translation-ref';
