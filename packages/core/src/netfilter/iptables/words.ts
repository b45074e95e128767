/** Words of a line as iptables-restore splits it: blanks separate, double quotes keep blanks, a backslash escapes in quotes. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (quoted && character === '\\') {
      index += 1;
      word += line.charAt(index);
    } else if (character === '"') {
      if (quoted) {
        words.push(word);
        word = '';
      }
      quoted = !quoted;
    } else if (!quoted && /\s/.test(character)) {
      if (word !== '') words.push(word);
      word = '';
    } else {
      word += character;
    }
  }
  if (word !== '') words.push(word);
  return words;
}
