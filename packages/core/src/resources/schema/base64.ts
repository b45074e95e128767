const alphabet = /^[A-Za-z0-9+/]*$/;

/** Text without its padding; `undefined` when that is not what the length asks for. */
function unpadded(text: string): string | undefined {
  if (text.length % 4 !== 0) return undefined;
  if (text.endsWith('==')) return text.slice(0, -2);
  return text.endsWith('=') ? text.slice(0, -1) : text;
}

/** What Go's `encoding/json` takes for bytes: standard base64 with padding, line breaks anywhere. */
export function isGoBase64(text: string): boolean {
  const body = unpadded(text.replace(/[\r\n]/g, ''));
  return body !== undefined && alphabet.test(body);
}

/** Format `byte` of a CRD (`govalidator.IsBase64`): the same without line breaks, and not empty. */
export const isFormatByte = (text: string): boolean => {
  const body = unpadded(text);
  return text !== '' && body !== undefined && alphabet.test(body);
};
