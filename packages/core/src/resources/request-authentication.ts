import { type Cursor, field, present } from './decode/cursor';
import { compact, list, text, textMap, texts } from './decode/scalars';
import type { Labels, Resource } from './resource';

export interface JwtRule {
  readonly fromHeaders: readonly { readonly name: string; readonly prefix?: string }[];
  readonly fromParams: readonly string[];
  readonly fromCookies: readonly string[];
  readonly presence?: string;
}
export interface RequestAuthenticationSpec {
  readonly matchLabels: Labels;
  /** Bound to a gateway or waypoint, not to pods. */
  readonly hasTarget: boolean;
  readonly jwtRules: readonly JwtRule[];
}
export type RequestAuthentication = Resource<'RequestAuthentication', RequestAuthenticationSpec>;

const readRule = (cursor: Cursor): JwtRule =>
  compact({
    fromHeaders: list(field(cursor, 'fromHeaders'), item =>
      compact({ name: text(field(item, 'name')) ?? '', prefix: text(field(item, 'prefix')) }),
    ),
    fromParams: texts(field(cursor, 'fromParams')),
    fromCookies: texts(field(cursor, 'fromCookies')),
    presence: text(field(cursor, 'presence')),
  });

/** The places of tokens in an object of the kind RequestAuthentication; of such kinds `spec` is the whole object. */
export function readRequestAuthentication(
  resource: Resource<string, unknown>,
): RequestAuthentication | undefined {
  if (resource.kind !== 'RequestAuthentication') return undefined;
  const object: Cursor = { value: resource.spec, key: '', report: () => undefined };
  const spec = field(object, 'spec');
  return {
    ...resource,
    kind: 'RequestAuthentication',
    spec: {
      matchLabels: textMap(field(field(spec, 'selector'), 'matchLabels')),
      hasTarget: present(field(spec, 'targetRef')) || present(field(spec, 'targetRefs')),
      jwtRules: list(field(spec, 'jwtRules'), readRule),
    },
  };
}
