import { quoted } from '../findings';

/* Names as `pkg/config/validation/agent/validation.go` and `pkg/config/labels` read them: letters of either case. */

const maxLabel = 63;
const maxName = 255;
const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const wildcardLabel = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;

/** `labels.IsDNS1123Label`. */
export const isDnsLabel = (text: string): boolean => text.length <= maxLabel && label.test(text);

const isWildcardLabel = (text: string) => text.length <= maxLabel && wildcardLabel.test(text);

function checkLength(name: string): string | undefined {
  if (name.length > maxName) return `domain name ${quoted(name)} too long (max ${maxName})`;
  return name === '' ? 'empty domain name not allowed' : undefined;
}

const int64 = { least: -(1n << 63n), most: (1n << 63n) - 1n };

/** `strconv.Atoi` takes it: a sign, digits, no more than 64 bits. */
function isGoInteger(text: string): boolean {
  if (!/^[-+]?\d+$/.test(text)) return false;
  const number = BigInt(text.replace(/^\+/, ''));
  return number >= int64.least && number <= int64.most;
}

/** `ValidateDNS1123Labels`: every label is one; the last may be empty, and is no number. */
function checkLabels(name: string): string | undefined {
  const labels = name.split('.');
  const last = labels.at(-1) ?? '';
  if (isGoInteger(last)) {
    return `domain name ${quoted(name)} invalid (top level domain ${quoted(last)} cannot be all-numeric)`;
  }
  const named = last === '' ? labels.slice(0, -1) : labels;
  const wrong = named.find(item => !isDnsLabel(item));
  return wrong === undefined
    ? undefined
    : `domain name ${quoted(name)} invalid (label ${quoted(wrong)} invalid)`;
}

/** `ValidateFQDN`: what is wrong with a name without wildcards, `undefined` when nothing is. */
export function checkFqdn(name: string): string | undefined {
  return checkLength(name) ?? checkLabels(name);
}

/** `ValidateWildcardDomain`: the first label may be `*`, `*-x` or `*x`. */
export function checkWildcardDomain(name: string): string | undefined {
  const wrong = checkLength(name);
  if (wrong !== undefined) return wrong;
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (!isWildcardLabel(first)) {
    return `domain name ${quoted(name)} invalid (label ${quoted(first)} invalid)`;
  }
  return dot < 0 ? undefined : checkLabels(name.slice(dot + 1));
}

/** `ValidatePartialWildCard`: a `*` that is neither alone nor in front of a dot. */
export function checkPartialWildcard(name: string): string | undefined {
  return name.includes('*') && name.length !== 1 && !name.startsWith('*.')
    ? `partial wildcard ${quoted(name)} not allowed`
    : undefined;
}

const snFormat = 'outbound_.<PORT>_._.<HOSTNAME>';
const trimDots = (text: string) => text.replace(/^\.+|\.+$/g, '');

/** The server names that AUTO_PASSTHROUGH uses (`outbound_.80_._.e2e.foobar.mesh`), or a domain with wildcard. */
export function checkGatewayDomain(name: string, sni: boolean): string | undefined {
  const wrong = checkLength(name);
  if (wrong !== undefined || !sni || !name.startsWith('outbound_')) {
    return wrong ?? checkWildcardDomain(name);
  }
  const parts = name.split('_');
  if (parts.length < 4) return `domain name ${name} invalid, should follow '${snFormat}' format`;
  const port = trimDots(parts[1] ?? '');
  const host = trimDots(parts[3] ?? '');
  const bad = (part: string) =>
    `domain name ${quoted(name)} invalid (label ${quoted(part)} invalid). should follow ${snFormat} format`;
  if (!/[0-9]/.test(port)) return bad(port);
  return /[a-zA-Z]/.test(host) ? undefined : bad(host);
}
