import type { ReasonCode } from '../codes';
import type { ConnectFailure } from '../symptom';

/** Why a connection to an address does not come about. */
export function connectFailure(
  how: ConnectFailure,
  { ip, port }: { readonly ip: string; readonly port: number },
): { readonly reason: ReasonCode; readonly message: string } {
  const to = `${ip}:${port}`;
  switch (how) {
    case 'refused':
      return { reason: 'endpoint-refuses', message: `${to} refuses the connection` };
    case 'timeout':
      return { reason: 'endpoint-silent', message: `${to} does not answer` };
    default: {
      const message = `the kernel sends nothing to ${to}: ${how.toUpperCase()}`;
      return { reason: 'address-not-usable', message };
    }
  }
}
