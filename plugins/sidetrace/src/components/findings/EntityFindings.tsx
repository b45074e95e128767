import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { FindingDetails } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useQueryParam } from '../../hooks/use-query-param';
import { splitByState } from '../../presenters/finding-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FindingBody } from './FindingBody';
import { FindingList } from './FindingList';

interface Props {
  readonly findings: readonly FindingDetails[];
  readonly onTry?: (yaml: string) => void;
}

/** All findings of a workload; accepted ones apart. */
export function EntityFindings({ findings, onTry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [open, setOpen] = useQueryParam('finding');
  if (findings.length === 0) return <Text>{t('findings.none')}</Text>;
  const parts = splitByState(findings);
  return (
    <Flex direction="column" gap="4">
      {(['expired', 'open', 'waived'] as const).map(state =>
        parts[state].length === 0 ? null : (
          <section key={state} aria-label={t(`findings.state.${state}`)}>
            {state === 'open' && parts.open.length === findings.length ? null : (
              <Text as="h3" variant="body-medium" weight="bold">
                {t(`findings.state.${state}`)}
              </Text>
            )}
            <FindingList items={parts[state]} open={open} onOpen={setOpen}>
              {details => (
                <FindingBody details={details} {...(onTry === undefined ? {} : { onTry })} />
              )}
            </FindingList>
          </section>
        ),
      )}
    </Flex>
  );
}
