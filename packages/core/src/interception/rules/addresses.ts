import type { IpFamily } from '../../net';
import type { InterceptionConfig } from '../options/config';

/** The source that Envoy binds towards the application: 127.0.0.6, and ::6 which Istio adds to lo. */
export const inboundSource: Readonly<Record<IpFamily, string>> = {
  4: '127.0.0.6/32',
  6: '::6/128',
};

/** The loopback destinations that are never captured. */
export function loopbackRange(config: InterceptionConfig, family: IpFamily): string {
  return family === 4 ? config.loopbackCidr : '::1/128';
}
