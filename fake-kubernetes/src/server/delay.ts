import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, and says whether the client is still there. */
export async function delay(response: ServerResponse, milliseconds: number): Promise<boolean> {
  const left = new AbortController();
  const leave = () => left.abort();
  response.once('close', leave);
  await sleep(milliseconds, undefined, { signal: left.signal }).catch((error: unknown) => {
    if (!left.signal.aborted) throw error;
  });
  response.off('close', leave);
  return !left.signal.aborted;
}
