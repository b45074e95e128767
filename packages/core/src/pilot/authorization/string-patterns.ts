import type { StringMatcher } from '../../envoy';

/** `*` any non-empty value, `*suffix`, `prefix*`, else exact (`pilot/pkg/security/authz/matcher:StringMatcher`). */
export function stringPattern(
  text: string,
  options: { readonly ignoreCase?: boolean } = {},
): StringMatcher {
  if (text === '*') return { kind: 'regex', value: '.+' };
  if (text.startsWith('*')) return { kind: 'suffix', value: text.slice(1), ...options };
  if (text.endsWith('*')) return { kind: 'prefix', value: text.slice(0, -1), ...options };
  return { kind: 'exact', value: text, ...options };
}

/** The same for a header, where `*` asks only for presence (`matcher.HeaderMatcher`). */
export function headerPattern(
  text: string,
  options: { readonly ignoreCase?: boolean } = {},
): StringMatcher {
  return text === '*' ? { kind: 'present' } : stringPattern(text, options);
}

const escapeRegex = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A path with `{*}` for one segment and `{**}` for any number (`matcher.PathTemplateMatcher`), or a plain pattern. */
export function pathPattern(text: string): StringMatcher {
  if (!text.includes('{*}') && !text.includes('{**}')) return stringPattern(text);
  const value = text
    .split(/(\{\*\*?\})/)
    .map(part => (part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : escapeRegex(part)))
    .join('');
  return { kind: 'regex', value };
}

const spiffe = 'spiffe://';

/** A principal is written without `spiffe://`; a suffix pattern has none to add (`matcher.StringMatcherWithPrefix`). */
export function principalPattern(text: string): StringMatcher {
  if (text === '*') return { kind: 'regex', value: '.+' };
  if (text.startsWith('*')) return { kind: 'suffix', value: text.slice(1) };
  const full = text.startsWith(spiffe) ? text : `${spiffe}${text}`;
  return stringPattern(full);
}

/** `*` in a namespace stands for any text; nothing else is escaped (`generator.go:srcNamespaceGenerator`). */
export function namespacePattern(text: string): StringMatcher {
  return { kind: 'regex', value: `.*/ns/${text.replaceAll('*', '.*')}/.*` };
}

/** `namespace/account`, or an account of the policy's own namespace (`generator.go:srcServiceAccountGenerator`). */
export function serviceAccountPattern(text: string, ownNamespace: string): StringMatcher {
  const [first = '', second] = text.split('/');
  const namespace = second === undefined ? ownNamespace : first;
  const account = second ?? first;
  return {
    kind: 'regex',
    value: `spiffe://[^/]+/ns/${escapeRegex(namespace)}/sa/${escapeRegex(account)}`,
  };
}
