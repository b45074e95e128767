import type { Origin } from '../../origin';
import type { FilterChain } from './filter-chain';

/** A listener filter that reads the first bytes of the connection, with the ports it is switched off for. */
export interface InspectorFilter {
  /** Original destination ports without this filter (`filter_disabled`). */
  readonly disabledPorts: readonly number[];
  /** Given: switched on for these ports only. */
  readonly enabledPorts?: readonly number[];
}

/**
 * Envoy's `listener.v3.Listener`. A connection belongs to the listener that is bound to exactly its original
 * destination, else to the wildcard of its family on that port, else to the listener that took it.
 */
export interface Listener {
  readonly name: string;
  /** IP address; `0.0.0.0` and `::` are the wildcards; `unix://path` for a socket. */
  readonly address: string;
  readonly additionalAddresses?: readonly string[];
  /** 0 for a unix socket. */
  readonly port: number;
  /** False: takes only connections that a `useOriginalDst` listener hands over. */
  readonly bindToPort: boolean;
  /** Hands each connection to the listener of its original destination, when there is one. */
  readonly useOriginalDst: boolean;
  readonly tlsInspector?: InspectorFilter;
  readonly httpInspector?: InspectorFilter;
  /** How long the inspectors wait for the client's first bytes; 0 waits for ever, unset is Envoy's 15 s. */
  readonly listenerFiltersTimeoutMs?: number;
  /** After that time: go on with what is known (true) or close the connection (false). */
  readonly continueOnListenerFiltersTimeout: boolean;
  readonly filterChains: readonly FilterChain[];
  readonly defaultFilterChain?: FilterChain;
  readonly origin: Origin;
}
