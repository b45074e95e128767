import type { Brand } from './brand';

/** A TCP or UDP port, 0 to 65535. */
export type Port = Brand<number, 'Port'>;

/** Reads a port from a number or decimal text; `undefined` when it is none. */
export function parsePort(value: number | string): Port | undefined {
  const port =
    typeof value === 'number' ? value : /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isInteger(port) && port >= 0 && port <= 65535 ? (port as Port) : undefined;
}
