/** Where istio-iptables ends before it writes a rule. */
export type InterceptionStage = 'flags' | 'environment' | 'validate' | 'run';

/** Closed and stable; docs/interception.md says when each occurs. */
export type InterceptionErrorCode =
  | 'bad-flag-value'
  | 'unknown-flag'
  | 'missing-flag-value'
  | 'no-local-address'
  | 'too-many-owner-groups'
  | 'bad-loopback-cidr'
  | 'bad-iptables-binary'
  | 'bad-cidr'
  | 'exclude-wildcard';

/** The program exits with an error and the rules are not written. */
export interface InterceptionError {
  readonly kind: 'error';
  readonly stage: InterceptionStage;
  readonly code: InterceptionErrorCode;
  /** What the Go program logs. */
  readonly message: string;
}
