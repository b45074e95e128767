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

/** Lines of `istioctl analyze -A`: `Error [IST0101] (VirtualService shop/r mesh.yaml:12) ...`. */
export function istioctlText(
  messages: readonly AnalysisMessage[],
  { palette, places }: TextContext,
): string {
  if (messages.length === 0) return '✔ No validation issues found when analyzing all namespaces.\n';
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

/** The objects of `istioctl analyze -o json` (`Message.Unstructured` of `pkg/config/analysis/diag`). */
export function istioctlJson(
  messages: readonly AnalysisMessage[],
  { places }: TextContext,
): readonly IstioctlMessage[] {
  return messages.map(({ code, level, object, source, path, message }) => ({
    code,
    documentationUrl: `https://istio.io/latest/docs/reference/config/analysis/${code.toLowerCase()}/`,
    level,
    message,
    origin: formatObjectRef(object),
    reference: places.place(source, path),
  }));
}
