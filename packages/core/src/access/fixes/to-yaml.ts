const plain = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
const reserved = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);

function scalar(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return 'null';
  const bare = plain.test(value) && !reserved.has(value.toLowerCase());
  return bare ? value : JSON.stringify(value);
}

const isEmpty = (value: unknown): boolean => isMap(value) && Object.keys(value).length === 0;

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function lines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      if (isEmpty(item)) return [`${indent}- {}`];
      if (!isMap(item)) return [`${indent}- ${scalar(item)}`];
      const [first = '{}', ...rest] = lines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (!isMap(value)) return [`${indent}${scalar(value)}`];
  return Object.entries(value)
    .filter(([, item]) => item !== undefined && !(Array.isArray(item) && item.length === 0))
    .flatMap(([key, item]) =>
      isEmpty(item)
        ? [`${indent}${scalar(key)}: {}`]
        : isMap(item) || Array.isArray(item)
          ? [`${indent}${scalar(key)}:`, ...lines(item, `${indent}  `)]
          : [`${indent}${scalar(key)}: ${scalar(item)}`],
    );
}

/** A manifest as block YAML. Only for values of our own making: maps, lists and scalars. */
export function toYaml(value: Readonly<Record<string, unknown>>): string {
  return `${lines(value, '').join('\n')}\n`;
}
