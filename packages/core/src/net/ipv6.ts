const groupPattern = /^[0-9a-fA-F]{1,4}$/;
const quadPattern = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** The octets of a dotted quad without leading zeros, as Go's `netip.ParseAddr` reads it. */
export function parseQuad(text: string): readonly number[] | undefined {
  if (!quadPattern.test(text)) return undefined;
  const parts = text.split('.');
  const octets = parts.map(Number);
  return octets.every((octet, i) => octet <= 255 && String(octet) === parts[i])
    ? octets
    : undefined;
}

/**
 * The eight groups of an IPv6 address without zone, read as Go's `netip.ParseAddr` does: at most four digits a group, a
 * `::` that stands for at least one group, a dotted quad only at the end and without leading zeros.
 */
export function parseIpv6Groups(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves;
  const left = readGroups(head ?? '', tail === undefined);
  if (left === undefined || tail === undefined) return left?.length === 8 ? left : undefined;
  const right = readGroups(tail, true);
  if (right === undefined || left.length + right.length > 7) return undefined;
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function readGroups(text: string, atEnd: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const quad =
      atEnd && i === parts.length - 1 && part.includes('.') ? parseQuad(part) : undefined;
    if (quad !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = quad;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (groupPattern.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** RFC 5952 text, an IPv4-mapped address with its dotted quad, as Go's `netip.Addr.String` writes it. */
export function formatIpv6(groups: readonly number[]): string {
  const [, , , , , marker, high = 0, low = 0] = groups;
  if (marker === 0xffff && groups.slice(0, 5).every(group => group === 0)) {
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const zeros = longestZeroRun(groups);
  const hex = (part: readonly number[]) => part.map(group => group.toString(16)).join(':');
  return zeros.length < 2
    ? hex(groups)
    : `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}
