/** States of Envoy's old header parser, which `header_value_validator.go` follows. */
type State =
  | 'literal'
  | 'variable'
  | 'expect-array'
  | 'expect-string'
  | 'string'
  | 'expect-delimiter'
  | 'expect-arguments-end'
  | 'expect-variable-end';

interface Step {
  readonly state: State;
  /** Characters taken beyond the current one. */
  readonly skip?: 1;
}
type Next = Step | { readonly wrong: string };

const stay = (state: State, character: string, expected: string): Next =>
  character === ' ' ? { state } : { wrong: `invalid header configuration. Expecting ${expected}` };

function fromLiteral(character: string, next: string | undefined): Next {
  if (character !== '%') return { state: 'literal' };
  if (next === undefined) return { wrong: 'invalid header configuration. Un-escaped %' };
  return next === '%' ? { state: 'literal', skip: 1 } : { state: 'variable' };
}

function fromString(character: string, next: string | undefined): Next {
  if (character === '\\') {
    return next === undefined
      ? { wrong: 'invalid header configuration. Un-terminated backslash in JSON string' }
      : { state: 'string', skip: 1 };
  }
  if (character === ')') return { state: 'expect-variable-end' };
  return { state: character === '"' ? 'expect-delimiter' : 'string' };
}

function fromVariable(character: string): Next {
  if (character === '%') return { state: 'literal' };
  return { state: character === '(' ? 'expect-array' : 'variable' };
}

function fromExpectArray(character: string): Next {
  if (character === '[') return { state: 'expect-string' };
  return { state: character === ' ' ? 'expect-array' : 'string' };
}

function fromExpectDelimiter(character: string): Next {
  if (character === ',') return { state: 'expect-string' };
  return character === ']'
    ? { state: 'expect-arguments-end' }
    : stay('expect-delimiter', character, "',', ']', or whitespace");
}

function step(state: State, character: string, next: string | undefined): Next {
  switch (state) {
    case 'literal':
      return fromLiteral(character, next);
    case 'variable':
      return fromVariable(character);
    case 'expect-array':
      return fromExpectArray(character);
    case 'expect-delimiter':
      return fromExpectDelimiter(character);
    case 'expect-string':
      return character === '"' ? { state: 'string' } : stay(state, character, "'\"'");
    case 'string':
      return fromString(character, next);
    case 'expect-arguments-end':
      return character === ')'
        ? { state: 'expect-variable-end' }
        : stay(state, character, "')' or whitespace");
    case 'expect-variable-end':
      return character === '%'
        ? { state: 'literal' }
        : stay(state, character, "'%' or whitespace after");
  }
}

function checkVariables(value: string): string | undefined {
  let state: State = 'literal';
  for (let at = 0; at < value.length; at += 1) {
    const result = step(state, value.charAt(at), value[at + 1]);
    if ('wrong' in result) return result.wrong;
    state = result.state;
    at += result.skip ?? 0;
  }
  return state === 'literal'
    ? undefined
    : `invalid header configuration. Un-terminated variable expression '${value}'`;
}

function hasControlCharacter(value: string): boolean {
  return [...value].some(character => {
    const code = character.charCodeAt(0);
    return (code < 0x20 && code !== 0x09) || code === 0x7f;
  });
}

/** `ValidateHTTPHeaderValue`: no control characters, every `%` doubled or part of a `%VARIABLE%`. */
export function checkHeaderValue(value: string): string | undefined {
  if (hasControlCharacter(value)) return `header value configuration ${value} is invalid`;
  const wrong = checkVariables(value);
  return wrong === undefined ? undefined : `header value configuration: ${wrong}`;
}
