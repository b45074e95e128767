import type { World } from './world';

/** What the caller knows beside the mesh. */
export interface SimulateOptions {
  /** Facts about the outside; without it the outside answers, as an assumption. */
  readonly world?: World;
  /**
   * `not-started`: rules are in place, Envoy and the agent's DNS server are not up yet; `stopped`: they have exited.
   * The agent's port 15020 answers in all three. `running` when not given.
   */
  readonly proxyState?: 'running' | 'not-started' | 'stopped';
  /** As if the cluster's network enforced no NetworkPolicy. */
  readonly withoutNetworkPolicies?: boolean;
  /** Stops at the first block: `blockers` has one at most, nothing hypothetical follows. For answers in great number. */
  readonly firstBlockOnly?: boolean;
  /** Cluster of a weighted route to follow; the heaviest when not given. */
  readonly weightedCluster?: string;
  /** Endpoint to connect to, `ip:port`, where it is among those of a cluster or Service; the first when not given. */
  readonly endpoint?: string;
}
