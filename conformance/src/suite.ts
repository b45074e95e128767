export type JsonObject = Readonly<Record<string, unknown>>;

/** What the product says to one input; `null` when it cannot answer it, with the reason. */
export type Answer =
  | { readonly answer: JsonObject }
  | { readonly answer: null; readonly why: string };

export interface SuiteContext {
  /** Folder of the inputs file, which relative paths in the inputs start from. */
  readonly directory: string;
  /** Istio version, `major.minor`. */
  readonly istio: string;
  /** Text of a file beside the inputs; one that is stored as `<path>.gz` is found as well. */
  readonly readText: (relativePath: string) => string;
}

/** Translates one suite's inputs for the product and its answers back. */
export interface Suite {
  readonly name: string;
  /** Called once per run; what is shared by inputs (a mesh, a rule set) is kept in the closure. */
  readonly open: (context: SuiteContext) => (input: JsonObject) => Answer | Promise<Answer>;
}
