import type { SchemaRule } from './schema-rule';

/**
 * The API of one kind as data: what protobuf's JSON form takes (istiod, `golang/protobuf` jsonpb) and, in the same
 * tables, what the CRD's structural schema demands (the API server). `since` is the first minor version of Istio that
 * has the field or word; older ones ignore it in the webhook and do not know it in the CRD.
 */
export interface TextType {
  readonly kind: 'text';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly rules?: readonly SchemaRule[];
}
export interface IntegerType {
  readonly kind: 'integer';
  readonly width: 'int32' | 'uint32' | 'int64' | 'uint64';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly rules?: readonly SchemaRule[];
}
export interface DoubleType {
  readonly kind: 'double';
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface BoolType {
  readonly kind: 'bool';
}
/** An enum: words with their protobuf numbers. */
export interface WordsType<Word extends string> {
  readonly kind: 'words';
  readonly names: readonly Word[];
  readonly numbers: ReadonlyMap<number, Word>;
  /** Words that came later than the oldest version modelled, with that minor version. */
  readonly since: ReadonlyMap<string, number>;
  /** Words that the protobuf enum has and the CRD does not list. */
  readonly hidden: ReadonlySet<string>;
}
/** `google.protobuf.Duration`; `checked` when the CRD demands at least 1 ms. */
export interface DurationType {
  readonly kind: 'duration';
  readonly checked: boolean;
}
export interface BytesType {
  readonly kind: 'bytes';
}
/** `google.protobuf.Struct`: any map, kept as it is. */
export interface StructType {
  readonly kind: 'struct';
}
/** A wrapper such as `BoolValue`: absent differs from zero, and the CRD takes `null`. */
export interface NullableType<Inner> {
  readonly kind: 'nullable';
  readonly inner: Inner;
}
export interface ListType<Item> {
  readonly kind: 'list';
  readonly item: Item;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** `x-kubernetes-list-map-keys`: no two items may agree in this field. */
  readonly uniqueBy?: string;
  readonly rules?: readonly SchemaRule[];
}
export interface MapType<Item> {
  readonly kind: 'map';
  readonly item: Item;
  readonly keys: 'text' | 'uint32';
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly rules?: readonly SchemaRule[];
}
export interface MessageType<Fields> {
  readonly kind: 'message';
  readonly fields: Fields;
  readonly table: MessageTable;
  readonly rules: readonly SchemaRule[];
}
/** A field with what the CRD or protobuf says about its presence. */
export interface MarkedType<Inner> {
  readonly kind: 'marked';
  readonly inner: Inner;
  readonly required?: true;
  readonly since?: number;
  /** The same for the CRD, when it knows the field from another version on than the webhook. */
  readonly crdSince?: number;
  /** Known to protobuf, not to the CRD. */
  readonly hidden?: true;
}
/** A member of a protobuf oneof: absent differs from zero; the last one given wins, the CRD takes one at most. */
export interface ChoiceType<Inner> {
  readonly kind: 'choice';
  readonly group: string;
  readonly inner: Inner;
}

export type PlainType =
  | TextType
  | IntegerType
  | DoubleType
  | BoolType
  | WordsType<string>
  | DurationType
  | BytesType
  | StructType
  | NullableType<FieldType>
  | ListType<FieldType>
  | MapType<FieldType>
  | MessageType<Readonly<Record<string, unknown>>>;
export type FieldType = PlainType | MarkedType<FieldType> | ChoiceType<FieldType>;

/** One field of a message with its marks taken off. */
export interface FieldEntry {
  readonly name: string;
  readonly type: PlainType;
  readonly required: boolean;
  readonly since: number;
  readonly crdSince: number;
  readonly hidden: boolean;
  readonly group: string | undefined;
  /** Place in declaration order. */
  readonly order: number;
}

export interface MessageTable {
  readonly entries: readonly FieldEntry[];
  /** By camelCase and by snake_case name. */
  readonly byName: ReadonlyMap<string, FieldEntry>;
  /** By the one name that the CRD has. */
  readonly byExactName: ReadonlyMap<string, FieldEntry>;
  readonly required: readonly FieldEntry[];
  /** Members of each oneof, in declaration order. */
  readonly groups: readonly (readonly FieldEntry[])[];
  /** What a message without any field decodes to. */
  readonly zero: Readonly<Record<string, unknown>>;
}
