import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

/** How long the button says that it has copied. */
const thanksMs = 4000;

/** Without a secure context there is no clipboard: the selection's own command still works. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Copies a text; says so in words for a while. */
export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), thanksMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    copyText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  const words = { idle: t('code.copy'), copied: t('code.copied'), failed: t('code.copyFailed') };
  return (
    <Button
      size="small"
      variant="secondary"
      iconStart={state === 'copied' ? <RiCheckLine aria-hidden /> : <RiFileCopyLine aria-hidden />}
      onPress={copy}
    >
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}
