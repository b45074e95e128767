/** White space of Go's `unicode.IsSpace`: JavaScript's with U+0085, without the byte order mark. */
const spaces = '(?:(?!\\ufeff)\\s|\\u0085)+';
const outerSpace = new RegExp(`^${spaces}|${spaces}$`, 'g');

/** What Go's `strings.TrimSpace` cuts off. */
export const trimSpace = (text: string) => text.replace(outerSpace, '');

/** A port as `strconv.ParseUint(strings.TrimSpace(text), 10, 16)` reads it. */
export function isPort(text: string): boolean {
  const digits = trimSpace(text);
  return /^[0-9]+$/.test(digits) && Number(digits) <= 65535;
}

/** A list of ports, blanks around them allowed, empty parts not (`pkg/kube/inject/validate.go:parsePorts`). */
export function isPortList(text: string): boolean {
  const list = trimSpace(text);
  return list === '' || list.split(',').every(isPort);
}

export function isPortListOrWildcard(text: string): boolean {
  return text === '*' || isPortList(text);
}
