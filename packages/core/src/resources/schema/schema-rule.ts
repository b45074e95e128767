/** A rule of a CRD that its types cannot say (`x-kubernetes-validations`), as a function of the value. */
export interface SchemaRule {
  readonly message: string;
  /** Called with values of the right type only. */
  readonly holds: (value: unknown) => boolean;
}
