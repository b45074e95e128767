import { describe, expect, it } from 'vitest';
import { reasonCodes } from '../simulation';
import { reasonTexts } from './reason-texts';
import { renderMarkdown, renderText } from './render';
import { explainSymptom } from './symptoms/explain-symptom';

describe('a symptom worked backwards', () => {
  it.each([
    ['502', 'registry-only-no-virtual-host'],
    ['SSL_ERROR_SYSCALL', 'registry-only-no-listener'],
    ['404 NR', 'connect-no-route'],
    ['wrong version number', 'double-tls'],
    [
      'curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.example.com:443',
      'registry-only-no-listener',
    ],
    ['upstream connect error or disconnect/reset before headers', 'endpoint-refuses'],
    ['Could not resolve host: api.example.com', 'name-not-resolved'],
  ])('%s starts with %s', (asked, reason) => {
    expect(explainSymptom(asked)?.causes[0]?.reason).toBe(reason);
  });
  it('is not guessed', () => {
    expect(explainSymptom('the coffee is cold')).toBeUndefined();
    expect(explainSymptom('  ')).toBeUndefined();
  });
});

describe('texts', () => {
  it('exist for every reason code', () => {
    expect(Object.keys(reasonTexts).sort()).toEqual([...reasonCodes].sort());
  });
  it('are rendered as text and markdown', () => {
    const explanation = {
      headline: [
        { kind: 'text', text: 'a*b ' },
        { kind: 'code', text: 'x' },
      ],
      sections: [
        {
          title: 'Why',
          sentences: [[{ kind: 'origin', origin: { kind: 'default', default: 'd' } }]],
        },
      ],
    } as const;
    expect(renderText(explanation)).toBe('a*b x\n\nWhy\n  default d');
    expect(renderMarkdown(explanation)).toBe('a\\*b `x`\n\n### Why\n\n- `default d`');
  });
});
