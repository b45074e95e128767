/**
 * Why a pod gets a sidecar or not, in the order in which it is asked (suite `injection`; `pkg/kube/inject/inject.go`).
 * `host-network` to `policy-disabled` are branches of the injector, which only a matching webhook calls.
 */
export type InjectionReason =
  | 'no-webhook-match'
  | 'host-network'
  | 'ignored-namespace'
  | 'policy-illegal'
  | 'inject-label-true'
  | 'inject-label-false'
  | 'inject-annotation-true'
  | 'inject-annotation-false'
  | 'never-inject-selector'
  | 'always-inject-selector'
  | 'policy-enabled'
  | 'policy-disabled';
