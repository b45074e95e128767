import { formatOrigin } from '../origin';
import type { Explanation, Fragment, Sentence } from './explanation';

function plain(fragment: Fragment): string {
  return fragment.kind === 'origin' ? formatOrigin(fragment.origin) : fragment.text;
}

const escapes = /[\\`*_[\]<>]/g;

function marked(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
      return fragment.text.replace(escapes, '\\$&');
    case 'code':
      return `\`${fragment.text}\``;
    case 'origin':
      return `\`${formatOrigin(fragment.origin)}\``;
  }
}

const join = (sentence: Sentence, write: (fragment: Fragment) => string) =>
  sentence.map(write).join('');

export function renderText(explanation: Explanation): string {
  const sections = explanation.sections.map(({ title, sentences }) =>
    [title, ...sentences.map(sentence => `  ${join(sentence, plain)}`)].join('\n'),
  );
  return [join(explanation.headline, plain), ...sections].join('\n\n');
}

export function renderMarkdown(explanation: Explanation): string {
  const sections = explanation.sections.map(({ title, sentences }) =>
    [`### ${title}`, '', ...sentences.map(sentence => `- ${join(sentence, marked)}`)].join('\n'),
  );
  return [join(explanation.headline, marked), ...sections].join('\n\n');
}
