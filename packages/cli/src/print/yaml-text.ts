import { stringify } from 'yaml';

/** An answer as YAML: the same data as json, no anchors, no folded lines. */
export const yamlText = (value: unknown): string =>
  stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0, aliasDuplicateObjects: false });
