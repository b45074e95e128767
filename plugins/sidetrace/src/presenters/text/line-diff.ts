/** A line of a comparison; `gap` stands for equal lines that are left out. */
export type DiffLine =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }
  | { readonly kind: 'gap'; readonly count: number };

type ChangedLine = Exclude<DiffLine, { kind: 'gap' }>;

/** Lengths of the longest common subsequences of all ends of `a` and `b`. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = table[i];
    const below = table[i + 1];
    if (row === undefined || below === undefined) continue;
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function changedLines(a: readonly string[], b: readonly string[]): readonly ChangedLine[] {
  const table = commonLengths(a, b);
  const lines: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (
      right === undefined ||
      (left !== undefined && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    ) {
      lines.push({ kind: 'removed', text: left ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: right });
      j += 1;
    }
  }
  return lines;
}

/** Texts longer than this are compared as a whole. */
const longest = 3000;

/** Equal lines farther than `context` from a change become gaps. */
function withGaps(lines: readonly ChangedLine[], context: number): readonly DiffLine[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let at = index - context; at <= index + context; at += 1) near.add(at);
  });
  const shown: DiffLine[] = [];
  let skipped = 0;
  lines.forEach((line, index) => {
    if (!near.has(index)) {
      skipped += 1;
      return;
    }
    if (skipped > 0) shown.push({ kind: 'gap', count: skipped });
    skipped = 0;
    shown.push(line);
  });
  if (skipped > 0) shown.push({ kind: 'gap', count: skipped });
  return shown;
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Two texts line by line, with `context` equal lines around each change. */
export function diffLines(before: string, after: string, context = 3): readonly DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  if (a.length > longest || b.length > longest) {
    return [
      ...a.map(text => ({ kind: 'removed' as const, text })),
      ...b.map(text => ({ kind: 'added' as const, text })),
    ];
  }
  return withGaps(changedLines(a, b), context);
}
