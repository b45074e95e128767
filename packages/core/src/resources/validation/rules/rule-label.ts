import { quoted } from '../findings';

/** A rule or match by its name, or by its place when it has none. */
export const ruleLabel = (name: string, at: number): string =>
  name === '' ? `#${at}` : quoted(name);
