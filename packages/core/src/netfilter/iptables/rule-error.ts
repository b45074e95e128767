/** Why iptables does not take a rule, or which name of the image decides. */
export type RuleProblem =
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'name'; readonly name: string };

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: RuleProblem };

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const refused = (
  message: string,
): { readonly ok: false; readonly problem: RuleProblem } => ({
  ok: false,
  problem: { kind: 'refused', message },
});
export const byName = (name: string): { readonly ok: false; readonly problem: RuleProblem } => ({
  ok: false,
  problem: { kind: 'name', name },
});
