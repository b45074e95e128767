import type { AnalysisContext } from './analysis-context';
import type { AnalysisMessage, Reported } from './message';

const annotation = 'galley.istio.io/analyze-suppress';

const keyOf = (kind: string, namespace: string | undefined, name: string) =>
  `${kind} ${namespace ?? ''}/${name}`;

/** Codes that an object's annotation silences, by object; the text is split at commas, blanks count. */
function suppressedCodes({ resources }: AnalysisContext): ReadonlyMap<string, ReadonlySet<string>> {
  const codes = new Map<string, ReadonlySet<string>>();
  for (const item of Object.values(resources).flat()) {
    if (!('metadata' in item)) continue;
    const { kind, metadata }: Reported = item;
    const text = metadata.annotations[annotation] ?? '';
    if (text === '') continue;
    codes.set(keyOf(kind, metadata.namespace, metadata.name), new Set(text.split(',')));
  }
  return codes;
}

/** Whether the annotation of its object silences a message; `*` means all (`pkg/config/analysis/local/istiod_analyze.go`). */
export function suppressions(context: AnalysisContext): (message: AnalysisMessage) => boolean {
  const suppressed = suppressedCodes(context);
  if (suppressed.size === 0) return () => false;
  return ({ code, object: { kind, namespace, name } }) => {
    const codes = suppressed.get(keyOf(kind, namespace, name));
    return codes !== undefined && (codes.has('*') || codes.has(code));
  };
}
