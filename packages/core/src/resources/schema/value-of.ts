import type { Duration } from './duration';
import type {
  BoolType,
  BytesType,
  ChoiceType,
  DoubleType,
  DurationType,
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

/** A decoded message: fields that were not given hold their zero value, messages and maps `undefined`. */
export type MessageOf<Fields> = { readonly [Name in keyof Fields]: FieldOf<Fields[Name]> };

/** The TypeScript type of a message table's values: `ValueOf<typeof sidecarSchema>`. */
export type ValueOf<T> = T extends MessageType<infer Fields> ? MessageOf<Fields> : ElementOf<T>;

type ElementOf<T> =
  T extends MessageType<infer Fields>
    ? MessageOf<Fields>
    : T extends TextType | BytesType
      ? string
      : T extends IntegerType | DoubleType
        ? number
        : T extends BoolType
          ? boolean
          : T extends WordsType<infer Word>
            ? Word | number
            : T extends DurationType
              ? Duration
              : T extends StructType
                ? Readonly<Record<string, unknown>>
                : T extends ListType<infer Item>
                  ? readonly ElementOf<Item>[]
                  : T extends MapType<infer Item>
                    ? ReadonlyMap<string, ElementOf<Item>>
                    : T extends NullableType<infer Inner>
                      ? ElementOf<Inner> | undefined
                      : T extends MarkedType<infer Inner> | ChoiceType<infer Inner>
                        ? ElementOf<Inner>
                        : never;

type FieldOf<T> =
  T extends MarkedType<infer Inner>
    ? FieldOf<Inner>
    : T extends
          | MessageType<infer _Fields>
          | MapType<infer _Item>
          | DurationType
          | StructType
          | ChoiceType<infer _Inner>
      ? ElementOf<T> | undefined
      : ElementOf<T>;
