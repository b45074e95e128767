import { formatObjectRef } from '@sidetrace/core';
import type { AnalysisMessage } from '@sidetrace/core/audit';
import type { TextContext } from './trace-text';

const order = { Error: 0, Warning: 1, Info: 2 } as const;

const keyOf = ({ level, code, object, message }: AnalysisMessage) =>
  `${order[level]} ${code} ${formatObjectRef(object)} ${message}`;

/** Worst first, then by code, object and text (`Messages.SortedDedupedCopy` of `pkg/config/analysis/diag`). */
export function sortMessages(messages: readonly AnalysisMessage[]): readonly AnalysisMessage[] {
  return messages
    .map(message => ({ message, key: keyOf(message) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ message }) => message);
}

/** What `istioctl analyze -A` says on standard error when it found nothing. */
export const nothingFound = '✔ No validation issues found when analyzing all namespaces.\n';

/** Lines of `istioctl analyze -A`: `Error [IST0101] (VirtualService shop/r mesh.yaml:12) ...`. */
export function istioctlText(
  messages: readonly AnalysisMessage[],
  { palette, places }: TextContext,
): string {
  const colours = { Error: palette.red, Warning: palette.yellow, Info: palette.green };
  return messages
    .map(({ level, code, object, source, path, message }) => {
      const place = `${formatObjectRef(object)} ${places.place(source, path)}`;
      return `${colours[level](level)} [${code}] (${place}) ${message}\n`;
    })
    .join('');
}

export interface IstioctlMessage {
  readonly code: string;
  readonly documentationUrl: string;
  readonly level: string;
  readonly message: string;
  readonly origin: string;
  readonly reference: string;
}

/** `v1.32` of `https://istio.io/v1.32/docs/`: the minor version (`pkg/url/url.go`). */
const docsVersion = (version: string) => `v${version.split('.').slice(0, 2).join('.')}`;

/**
 * The objects of `istioctl analyze -o json` (`Message.Unstructured` of `pkg/config/analysis/diag/message.go`; a Go map,
 * so its keys are sorted). `istioctl analyze` names itself in the address (`SetDocRef` of `istioctl/pkg/analyze`).
 */
export function istioctlMessages(
  messages: readonly AnalysisMessage[],
  { places }: TextContext,
  istioVersion: string,
): readonly IstioctlMessage[] {
  const docs = `https://istio.io/${docsVersion(istioVersion)}/docs/reference/config/analysis`;
  return messages.map(({ code, level, object, source, path, message }) => ({
    code,
    documentationUrl: `${docs}/${code.toLowerCase()}/?ref=istioctl-analyze`,
    level,
    message,
    origin: formatObjectRef(object),
    reference: places.place(source, path),
  }));
}

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** As Go's `json.MarshalIndent(ms, "", "\t")` writes it (`istioctl/pkg/util/formatting/formatter.go`). */
export function istioctlJson(messages: readonly IstioctlMessage[]): string {
  const text = JSON.stringify(messages, undefined, '\t');
  return `${text.replace(/[<>&\u2028\u2029]/g, char => escapes[char] ?? char)}\n`;
}
