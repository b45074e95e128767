import { decodeResources, type Finding } from '@sidetrace/core';
import { analyzeAsIstioctl } from '@sidetrace/core/audit';
import { textContext } from '../commands/command';
import type { LoadedMesh } from '../input/load-mesh';
import type { Io } from '../io';
import {
  istioctlJson,
  istioctlMessages,
  istioctlText,
  nothingFound,
  sortMessages,
} from '../print/istioctl-messages';

const levels = { Error: 'error', Warning: 'warning', Info: 'info' } as const;

/** Prints what `istioctl analyze -A` says of a cluster with these objects; gives the levels of its messages. */
export function runIstioCodes(
  io: Io,
  { mesh, raw, places }: LoadedMesh,
  format: 'text' | 'json',
): readonly Finding['level'][] {
  const { defaultNamespace, unreadKinds } = mesh.options;
  const decoded = decodeResources(raw, defaultNamespace === undefined ? {} : { defaultNamespace });
  const messages = sortMessages(analyzeAsIstioctl(decoded, mesh.istioVersion, unreadKinds));
  const context = textContext(io, places, false);
  io.out(
    format === 'json'
      ? istioctlJson(istioctlMessages(messages, context, mesh.istioVersion))
      : istioctlText(messages, context),
  );
  if (messages.length === 0) io.err(nothingFound);
  return messages.map(({ level }) => levels[level]);
}
