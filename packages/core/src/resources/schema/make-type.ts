import type {
  BoolType,
  BytesType,
  ChoiceType,
  DoubleType,
  DurationType,
  FieldType,
  IntegerType,
  ListType,
  MapType,
  MarkedType,
  MessageType,
  NullableType,
  StructType,
  TextType,
  WordsType,
} from './field-type';
import type { SchemaRule } from './schema-rule';
import { tableOf } from './table';

type Options<T extends { readonly kind: string }, Fixed extends string = never> = Omit<
  T,
  'kind' | Fixed
>;

export const text = (options: Options<TextType> = {}): TextType => ({ kind: 'text', ...options });

type IntegerOptions = Options<IntegerType, 'width'>;
const integer =
  (width: IntegerType['width']) =>
  (options: IntegerOptions = {}): IntegerType => ({ kind: 'integer', width, ...options });
export const int32 = integer('int32');
export const uint32 = integer('uint32');
export const int64 = integer('int64');
export const uint64 = integer('uint64');

export const double = (options: Options<DoubleType> = {}): DoubleType => ({
  kind: 'double',
  ...options,
});
export const bool = (): BoolType => ({ kind: 'bool' });
export const bytes = (): BytesType => ({ kind: 'bytes' });
export const struct = (): StructType => ({ kind: 'struct' });
/** A duration that the CRD wants to be 1 ms at least. */
export const duration = (): DurationType => ({ kind: 'duration', checked: true });
/** A duration that the CRD takes as any text. */
export const anyDuration = (): DurationType => ({ kind: 'duration', checked: false });

/** Enum words in the order of their protobuf numbers, from 0. */
export function words<const Word extends string>(...names: readonly Word[]): WordsType<Word> {
  return numberedWords(
    Object.fromEntries(names.map((name, at) => [name, at])) as Record<Word, number>,
  );
}

interface WordMarks<Word extends string> {
  readonly since?: Partial<Record<Word, number>>;
  readonly hidden?: readonly Word[];
}

export function numberedWords<const Word extends string>(
  numbers: Readonly<Record<Word, number>>,
  marks: WordMarks<Word> = {},
): WordsType<Word> {
  const entries = Object.entries(numbers) as [Word, number][];
  return {
    kind: 'words',
    names: entries.map(([name]) => name),
    numbers: new Map(entries.map(([name, number]) => [number, name])),
    since: new Map(Object.entries(marks.since ?? {}) as [string, number][]),
    hidden: new Set(marks.hidden ?? []),
  };
}

export const nullable = <const Inner extends FieldType>(inner: Inner): NullableType<Inner> => ({
  kind: 'nullable',
  inner,
});
export const list = <const Item extends FieldType>(
  item: Item,
  options: Options<ListType<Item>, 'item'> = {},
): ListType<Item> => ({ kind: 'list', item, ...options });
export const map = <const Item extends FieldType>(
  item: Item,
  options: Options<MapType<Item>, 'item' | 'keys'> = {},
): MapType<Item> => ({ kind: 'map', item, keys: 'text', ...options });
/** A map whose keys are numbers, written as texts. */
export const numberMap = <const Item extends FieldType>(
  item: Item,
  options: Options<MapType<Item>, 'item' | 'keys'> = {},
): MapType<Item> => ({ kind: 'map', item, keys: 'uint32', ...options });

export const required = <const Inner extends FieldType>(inner: Inner): MarkedType<Inner> => ({
  kind: 'marked',
  inner,
  required: true,
});
/** A field that Istio has from this minor version on; `crd` when the CRD knows it from another one. */
export const since = <const Inner extends FieldType>(
  minor: number,
  inner: Inner,
  crd = minor,
): MarkedType<Inner> => ({ kind: 'marked', inner, since: minor, crdSince: crd });
/** A field of the protobuf message that the CRD leaves out. */
export const hidden = <const Inner extends FieldType>(inner: Inner): MarkedType<Inner> => ({
  kind: 'marked',
  inner,
  hidden: true,
});
export const choice = <const Inner extends FieldType>(
  group: string,
  inner: Inner,
): ChoiceType<Inner> => ({ kind: 'choice', group, inner });

export function message<const Fields extends Readonly<Record<string, FieldType>>>(
  fields: Fields,
  rules: readonly SchemaRule[] = [],
): MessageType<Fields> {
  return { kind: 'message', fields, table: tableOf(fields), rules };
}
