import { list, message, text, words } from '../make-type';

const timestamp = text({
  pattern: /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[-+]\d{2}:\d{2})$/,
});

/** `status` of every Istio kind; fields beside these are kept by the API server. */
export const statusSchema = message({
  conditions: list(
    message({
      lastProbeTime: timestamp,
      lastTransitionTime: timestamp,
      message: text(),
      reason: text(),
      status: text(),
      type: text(),
    }),
  ),
  validationMessages: list(
    message({
      documentationUrl: text(),
      level: words('UNKNOWN', 'ERROR', 'WARNING', 'INFO'),
      type: message({ code: text(), name: text() }),
    }),
  ),
});
