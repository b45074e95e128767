import type { InspectorFilter, Listener } from '../config/listener';
import type { EnvoyCall } from '../machine/call';

/** What the listener filters found out about the connection; the input of filter chain matching. */
export interface Sniffed {
  readonly transport: 'tls' | 'raw_buffer';
  /** Lower case. */
  readonly serverName?: string;
  readonly applicationProtocols: readonly string[];
}

export type SniffResult =
  | { readonly kind: 'known'; readonly sniffed: Sniffed; readonly waitedMs?: number }
  /** Nobody sends the bytes that the inspectors wait for. */
  | { readonly kind: 'waiting' }
  /** As before, and the time limit closes the connection. */
  | { readonly kind: 'timed-out'; readonly afterMs: number };

/** Envoy's default of `listener_filters_timeout`. */
const defaultTimeoutMs = 15_000;

const nothing: Sniffed = { transport: 'raw_buffer', applicationProtocols: [] };

const httpNames: Readonly<Record<EnvoyCall['protocol'], readonly string[]>> = {
  'http/1.0': ['http/1.0'],
  'http/1.1': ['http/1.1'],
  http2: ['h2c'],
  tcp: [],
};

function active(inspector: InspectorFilter | undefined, port: number): boolean {
  if (inspector === undefined || inspector.disabledPorts.includes(port)) return false;
  return inspector.enabledPorts === undefined || inspector.enabledPorts.includes(port);
}

function waitFor(listener: Listener): SniffResult {
  const timeoutMs = listener.listenerFiltersTimeoutMs ?? defaultTimeoutMs;
  if (timeoutMs === 0) return { kind: 'waiting' };
  return listener.continueOnListenerFiltersTimeout
    ? { kind: 'known', sniffed: nothing, waitedMs: timeoutMs }
    : { kind: 'timed-out', afterMs: timeoutMs };
}

/**
 * Runs the TLS and HTTP inspectors (`source/extensions/filters/listener/{tls,http}_inspector`). Without a TLS inspector
 * the transport is `raw_buffer` and neither SNI nor ALPN is known.
 */
export function sniff(listener: Listener, call: EnvoyCall): SniffResult {
  const tlsInspector = active(listener.tlsInspector, call.port);
  const httpInspector = active(listener.httpInspector, call.port);
  if (call.serverFirst === true && call.tls === undefined && (tlsInspector || httpInspector)) {
    return waitFor(listener);
  }
  if (call.tls !== undefined) {
    if (!tlsInspector) return { kind: 'known', sniffed: nothing };
    const { sni, alpn } = call.tls;
    const sniffed: Sniffed = { transport: 'tls', applicationProtocols: alpn };
    const named = sni === undefined ? sniffed : { ...sniffed, serverName: sni.toLowerCase() };
    return { kind: 'known', sniffed: named };
  }
  if (!httpInspector) return { kind: 'known', sniffed: nothing };
  return {
    kind: 'known',
    sniffed: { transport: 'raw_buffer', applicationProtocols: httpNames[call.protocol] },
  };
}
