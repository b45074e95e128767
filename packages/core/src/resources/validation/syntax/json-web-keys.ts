type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that a key of each type must have (RFC 7518, section 6). */
const fields: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['RSA', ['n', 'e']],
  ['EC', ['crv', 'x', 'y']],
  ['OKP', ['crv', 'x']],
  ['oct', ['k']],
]);

function checkKey(key: unknown): string | undefined {
  if (!isObject(key)) return 'a key is no object';
  const wanted = fields.get(key.kty);
  if (wanted === undefined) return `invalid key type from JSON (${String(key.kty)})`;
  const missing = wanted.find(name => typeof key[name] !== 'string');
  return missing === undefined ? undefined : `required field ${missing} is missing`;
}

function parseJson(text: string): { readonly value: unknown } | string {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A key set, or a single key, as `jwk.Parse` of lestrrat-go/jwx reads it for `validateJwtRule`. */
export function checkKeySet(text: string): string | undefined {
  const json = parseJson(text);
  const wrong = typeof json === 'string' ? json : checkSet(json.value);
  return wrong === undefined ? undefined : `jwks parse error: ${wrong}`;
}

function checkSet(value: unknown): string | undefined {
  if (!isObject(value)) return 'a key set is no object';
  if (!Object.hasOwn(value, 'keys')) return checkKey(value);
  if (!Array.isArray(value.keys)) return 'the keys are no list';
  return value.keys.map(checkKey).find(wrong => wrong !== undefined);
}
