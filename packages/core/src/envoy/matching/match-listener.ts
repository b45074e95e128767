import { ipFamily, parseIp } from '../../net';
import type { Listener } from '../config/listener';
import type { EnvoyProgram } from '../config/program';
import type { EnvoyCall } from '../machine/call';
import type { EnvoyCandidate } from '../machine/walk';

export interface ListenerMatch {
  readonly listener: Listener | undefined;
  /** Which rule chose it. */
  readonly by: 'address and port' | 'wildcard' | 'redirected' | 'nothing';
  readonly candidates: readonly EnvoyCandidate[];
}

/** The wildcard address of the family of `address`. */
function wildcardOf(address: string): string {
  const ip = parseIp(address);
  return ip !== undefined && ipFamily(ip) === 6 ? '::' : '0.0.0.0';
}

function takes(listener: Listener | undefined, call: EnvoyCall): boolean {
  return listener !== undefined && (call.entry !== 'direct' || listener.bindToPort);
}

const noListener = (name: string): EnvoyCandidate => ({
  name,
  matched: [],
  failed: ['no listener has this address and port'],
});

const notBound = (listener: Listener): EnvoyCandidate => ({
  name: listener.name,
  matched: ['address and port'],
  failed: ['takes redirected connections only'],
  origin: listener.origin,
});

/**
 * Finds the listener of a connection: exactly the original destination, else the wildcard of its family and that port,
 * else the listener that took the redirected connection (`source/common/listener_manager/connection_handler_impl.cc:getBalancedHandlerByAddress`).
 */
export function matchListener(program: EnvoyProgram, call: EnvoyCall): ListenerMatch {
  if (call.entry === 'inbound') {
    const listener = program.inboundCapture;
    return { listener, by: listener === undefined ? 'nothing' : 'redirected', candidates: [] };
  }
  const candidates: EnvoyCandidate[] = [];
  const places = [
    { address: call.address, by: 'address and port' },
    { address: wildcardOf(call.address), by: 'wildcard' },
  ] as const;
  for (const { address, by } of places) {
    const listener = program.listener(address, call.port);
    if (listener !== undefined && takes(listener, call)) return { listener, by, candidates };
    candidates.push(
      listener === undefined ? noListener(`${address}_${call.port}`) : notBound(listener),
    );
  }
  const capture = call.entry === 'outbound' ? program.outboundCapture : undefined;
  return { listener: capture, by: capture === undefined ? 'nothing' : 'redirected', candidates };
}
