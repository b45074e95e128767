import type { IpAddress, IpFamily } from '../../net';

/** A process of the pod opens a connection or sends a datagram. */
export interface LocalPacket {
  readonly origin: 'local';
  readonly family: IpFamily;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly destination: IpAddress;
  /** 0 for ICMP. */
  readonly port: number;
  readonly sourcePort?: number;
  /** Owner of the socket; absent for packets without one (RST, ICMP errors, TIME-WAIT). */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** The process bound this address first; otherwise routing chooses. */
  readonly boundSource?: IpAddress;
  /** The socket is bound to this interface (`SO_BINDTODEVICE`). */
  readonly boundInterface?: string;
  /** `SO_MARK`. */
  readonly mark?: number;
  /** `IP_TRANSPARENT`: the bound source need not be an address of the pod. */
  readonly transparent?: boolean;
  readonly state?: ConnectionState;
}

/** A packet arrives on an interface. */
export interface IncomingPacket {
  readonly origin: 'incoming';
  readonly family: IpFamily;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly source: IpAddress;
  readonly sourcePort?: number;
  readonly destination: IpAddress;
  readonly port: number;
  readonly interface: string;
  readonly mark?: number;
  readonly state?: ConnectionState;
}

export type Packet = LocalPacket | IncomingPacket;

/** What conntrack thinks of it. nat is consulted for NEW only, and only while the mapping is undecided. */
export interface ConnectionState {
  readonly ctstate: 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';
  /** True when nat decided about this connection before: the second datagram of an unanswered flow is NEW all the same. */
  readonly natDecided?: boolean;
  /** Mark kept with the connection (`CONNMARK`). */
  readonly connmark?: number;
}
