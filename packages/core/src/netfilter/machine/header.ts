import type { IpAddress, IpFamily } from '../../net';

/** The packet as it stands at a rule. Rules change marks; hooks change interfaces, owner and address. */
export interface Header {
  readonly family: IpFamily;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly source: IpAddress;
  readonly sourcePort: number | undefined;
  readonly ctstate: string;
  destination: IpAddress;
  port: number;
  iif: string | undefined;
  oif: string | undefined;
  mark: number;
  connmark: number;
  /** Of the socket; absent for packets without one and for all that comes in. */
  owner: { readonly uid: number; readonly gid: number } | undefined;
}
