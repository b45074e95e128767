import type { WorkloadStatus } from '@sidetrace/core';
import { shortOrigin } from './origin-text';

/** A line of the card: what holds, and who decided it. `tone` is `attention` only for what may need action. */
export interface StatusLine {
  readonly id: 'sidecar' | 'capture' | 'outbound';
  readonly tone: 'good' | 'neutral' | 'attention';
  /** For `sidecar` and `capture`: whether it is so; for `outbound`: Istio's mode. */
  readonly holds: boolean;
  readonly literal?: string;
  readonly detail: string;
}

const short = (name: string) => name.replace('traffic.sidecar.istio.io/', '');

function captureLine(capture: NonNullable<WorkloadStatus['capture']>): StatusLine {
  const { mode, annotations } = capture;
  const holds = mode !== 'NONE';
  const changed = Object.entries(annotations).map(([name, value]) => `${short(name)}=${value}`);
  const detail = [mode, ...changed].join(' · ');
  const tone = holds && changed.length === 0 ? 'good' : 'attention';
  return { id: 'capture', tone, holds, detail };
}

/** Sidecar, capture, outbound mode: each with the object or default behind it. */
export function statusLines({ sidecar, capture, outbound }: WorkloadStatus): readonly StatusLine[] {
  const assumed = sidecar.assumption === undefined ? '' : ` (${sidecar.assumption.message})`;
  const lines: StatusLine[] = [
    {
      id: 'sidecar',
      tone: sidecar.injected ? 'good' : 'attention',
      holds: sidecar.injected,
      detail: `${sidecar.reason}, ${shortOrigin(sidecar.origin)}${assumed}`,
    },
  ];
  if (capture !== undefined) lines.push(captureLine(capture));
  if (outbound !== undefined) {
    lines.push({
      id: 'outbound',
      tone: outbound.mode === 'REGISTRY_ONLY' ? 'good' : 'neutral',
      holds: true,
      literal: outbound.mode,
      detail: shortOrigin(outbound.origin),
    });
  }
  return lines;
}
