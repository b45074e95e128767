import { type InterceptionScript, loadScript } from '@sidetrace/core/testing';
import type { JsonObject } from './suite';

/** Fields `accepted`, `rejectedText` and `rejectMessage` of the suites with rule texts. */
export function judgeScript(script: InterceptionScript): JsonObject {
  const loaded = loadScript(script);
  switch (loaded.kind) {
    case 'loaded':
      return { accepted: true };
    case 'depends-on-image':
      return { accepted: null };
    case 'refused':
      return { accepted: false, rejectedText: loaded.part, rejectMessage: loaded.message };
  }
}
