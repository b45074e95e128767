import type { ServerResponse } from 'node:http';
import { type CollectionRequest, type Watch, type WatchPlan, watch } from '../api';
import type { Asked, Fault } from '../faults';

/** A watch whose answer is not at its end. */
export interface OpenWatch {
  readonly asked: Asked;
  bookmark(): void;
  /** Fails from now on by a `gone` or a `cut`; other faults are of requests, not of streams. */
  fail(fault: Fault): void;
  stop(): void;
}

/** What an open watch writes to: JSON lines, until the client leaves or the server cuts. */
function lineWriter(response: ServerResponse) {
  let left = Number.POSITIVE_INFINITY;
  const cutWhenSpent = () => {
    if (left <= 0) response.socket?.destroySoon();
  };
  return {
    write(line: string): void {
      if (left <= 0) return;
      response.write(line);
      left -= 1;
      cutWhenSpent();
    },
    cutAfter(events: number): void {
      left = events;
      cutWhenSpent();
    },
  };
}

/** Answers a watch: its headers at once, then a line for each event. */
export function openWatch(
  response: ServerResponse,
  request: CollectionRequest,
  options: { readonly plan: WatchPlan; readonly asked: Asked; readonly cutAfter?: number },
): OpenWatch {
  const { plan, asked, cutAfter } = options;
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' })
    .flushHeaders();
  const lines = lineWriter(response);
  if (cutAfter !== undefined) lines.cutAfter(cutAfter);
  const running: Watch = watch(request, plan, {
    send: event => lines.write(`${JSON.stringify(event)}\n`),
    end: () => response.end(),
  });
  response.on('close', running.stop);
  return {
    asked,
    bookmark: running.bookmark,
    fail(fault) {
      if (fault.kind === 'gone') running.expire();
      else if (fault.kind === 'cut') lines.cutAfter(fault.after);
    },
    stop: running.stop,
  };
}
