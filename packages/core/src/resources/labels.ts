/** Labels or a label selector's `matchLabels`: texts by key. */
export type Labels = Readonly<Record<string, string>>;
