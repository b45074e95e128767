import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Text } from '@backstage/ui';
import type { AccessRow } from '@sidetrace/core';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

interface Props {
  readonly observed: NonNullable<AccessRow['observed']>;
  readonly language: string;
}

/** How many calls were really made, and since when they are counted. */
export function ObservedCalls({ observed: { calls, since }, language }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const number = new Intl.NumberFormat(language).format(calls);
  const day = new Date(since).toLocaleDateString(language);
  return (
    <Text as="span">
      {calls === 0
        ? t('access.noCalls', { day })
        : t('access.calls', { count: calls, number, day })}
    </Text>
  );
}
