import german from '../translations/de';
import { messages } from '../translations/messages';

const keysOf = (part: object, prefix = ''): readonly (readonly [string, unknown])[] =>
  Object.entries(part).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value] as const],
  );

const byKey = new Map<string, string>(Object.entries(german));
const byText = new Map(keysOf(messages).map(([key, text]) => [text, byKey.get(key)]));

/** A text of the plugin in German; one that is no message, such as a name, stays. */
export const germanText = (text: string): string => byText.get(text) ?? text;
