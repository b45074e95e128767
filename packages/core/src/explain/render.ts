import type { Origin } from '../origin';
import type { Explanation, Fragment, Sentence } from './explanation';

/** An origin in words: `ServiceEntry shop/payments spec.hosts.0 (mesh.yaml:12)`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'default':
      return `default ${origin.default}`;
    case 'option':
      return `option ${origin.option}`;
    case 'object': {
      const { kind, namespace, name } = origin.object;
      const object = namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
      const path = origin.path === '' ? '' : ` ${origin.path}`;
      const { source } = origin;
      return source === undefined
        ? object + path
        : `${object}${path} (${source.file}:${source.line})`;
    }
  }
}

function plain(fragment: Fragment): string {
  return fragment.kind === 'origin' ? originText(fragment.origin) : fragment.text;
}

const escapes = /[\\`*_[\]<>]/g;

function marked(fragment: Fragment): string {
  switch (fragment.kind) {
    case 'text':
      return fragment.text.replace(escapes, '\\$&');
    case 'code':
      return `\`${fragment.text}\``;
    case 'origin':
      return `\`${originText(fragment.origin)}\``;
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
