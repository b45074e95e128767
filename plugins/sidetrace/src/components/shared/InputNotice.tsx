import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert } from '@backstage/ui';
import type { MissingInput, SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

const unique = (names: readonly MissingInput['input'][]) => [...new Set(names)];

/** Says which kinds of input are missing, so that nobody takes a part for the whole. */
export function InputNotice({ sources }: { readonly sources: readonly SourceState[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const missing = sources.flatMap(source => source.missing ?? []);
  if (missing.length === 0) return null;
  const checks = new Set(missing.flatMap(item => item.checks));
  const inputs = unique(missing.map(({ input }) => input)).map(input => t(`inputs.${input}`));
  return (
    <Alert
      status="info"
      icon
      title={t('state.partial', { inputs: inputs.join(', ') })}
      description={checks.size === 0 ? '' : t('state.partialChecks', { count: checks.size })}
    />
  );
}
