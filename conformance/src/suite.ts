export type JsonObject = Readonly<Record<string, unknown>>;

/** What the product says to one input; `null` when it cannot answer it, with the reason. */
export type Answer =
  | { readonly answer: JsonObject }
  | { readonly answer: null; readonly why: string };

export interface SuiteContext {
  /** Istio version, `major.minor`. */
  readonly istio: string;
  /** Text of a file beside the inputs; `.gz` files are read as well. */
  readonly readText: (path: string) => string;
}

/** Translates one suite's inputs for the product and its answers back. */
export interface Suite {
  readonly name: string;
  readonly open: (context: SuiteContext) => (input: JsonObject) => Answer | Promise<Answer>;
}
