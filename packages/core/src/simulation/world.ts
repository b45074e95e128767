/** A certificate that a server of the world shows. The first entry whose `host` covers the asked name counts. */
export interface WorldCertificate {
  /** Server name asked for: exact, or with one `*` that stands for anything. */
  readonly host: string;
  /** Name of the root that signed it; `self` for a self-signed one. */
  readonly issuer: string;
  /** Names in the certificate when they are not the name asked for. */
  readonly names?: readonly string[];
  readonly expired?: boolean;
}

/**
 * Facts about what lies outside the mesh's configuration. Every member is optional; what is not said is taken as
 * working, and the answer says so as an assumption.
 */
export interface World {
  /** Name → addresses, as the cluster's DNS server answers. */
  readonly dns?: Readonly<Record<string, readonly string[]>>;
  /** What a name means that `dns` does not list: it does not exist, or nobody said. */
  readonly otherNames?: 'nxdomain' | 'unknown';
  /** Addresses that refuse every TCP connection. */
  readonly refusingAddresses?: readonly string[];
  /** Addresses that never answer. */
  readonly silentAddresses?: readonly string[];
  /** True when servers stand at addresses that Istio allocated for names; nobody has such an address otherwise. */
  readonly allocatedAddressesAnswer?: boolean;
  /** Ports on which a server wants TLS and answers plain HTTP with 400. */
  readonly tlsOnlyPorts?: readonly number[];
  /** Ports on which the server speaks first. */
  readonly serverFirstPorts?: readonly number[];
  /** Ports with a UDP server; every port when not given. */
  readonly udpPorts?: readonly number[];
  readonly certificates?: readonly WorldCertificate[];
  /** Root bundles by path inside the proxy, `system` for the operating system's: the issuers in them. */
  readonly trust?: Readonly<Record<string, readonly string[]>>;
  /** Ports on which the application of the simulated pod listens, with the address bound; its container ports when not given. */
  readonly appPorts?: readonly { readonly port: number; readonly address: string }[];
  /**
   * `servers`: a call that arrives at another pod ends there, at a server that speaks whatever the client speaks.
   * Otherwise it goes on through that pod's own interception and sidecar.
   */
  readonly otherPods?: 'servers';
  /** True when no kube-proxy translates cluster IPs: a direct call to one ends at a server with that address. */
  readonly withoutKubeProxy?: boolean;
  /** Delay in seconds that an answer to a request with this path prefix takes. */
  readonly slowPaths?: Readonly<Record<string, number>>;
  /** Path prefix whose last segment is the status that the server answers, for example `/status/`. */
  readonly statusPath?: string;
}
