/** How a cluster's API server is reached. */
export type ClusterConfig =
  | {
      readonly kind: 'kubeconfig';
      /** A kubeconfig file; else `KUBECONFIG`, else `~/.kube/config`. */
      readonly path?: string;
      /** A context of it; else its current one. */
      readonly context?: string;
    }
  | { readonly kind: 'in-cluster' }
  | {
      readonly kind: 'token';
      readonly server: string;
      readonly token: string;
      /** The authority that signed the server's certificate, PEM. */
      readonly caData?: string;
      readonly skipTLSVerify?: boolean;
    };
