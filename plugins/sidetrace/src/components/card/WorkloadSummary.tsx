import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import { RiAlertLine, RiCheckLine, RiInformationLine } from '@remixicon/react';
import type { WorkloadCard } from '@sidetrace/backstage-plugin-sidetrace-common';
import { type StatusLine, statusLines } from '../../presenters/sidecar-lines';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './SidetraceCard.module.css';

const toneIcons = { good: RiCheckLine, neutral: RiInformationLine, attention: RiAlertLine };

function useLineWord() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (line: StatusLine) => {
    switch (line.id) {
      case 'sidecar':
        return line.holds ? t('card.injected') : t('card.notInjected');
      case 'capture':
        return line.holds ? t('card.captured') : t('card.notCaptured');
      case 'outbound':
        return line.literal ?? '';
      default:
        return line.id satisfies never;
    }
  };
}

function Counts({ card }: { readonly card: WorkloadCard }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { access, findings } = card;
  const { error, warning } = findings;
  const parts = [
    {
      id: 'allowed',
      count: access.allowed,
      text: t('card.allowed', { count: access.allowed }),
    },
    {
      id: 'passthrough',
      count: access.passthrough,
      text: t('card.passedThrough', { count: access.passthrough }),
    },
    {
      id: 'bypass',
      count: access.bypass,
      text: t('card.bypassed', { count: access.bypass }),
    },
    {
      id: 'blocked',
      count: access.blocked,
      text: t('card.blocked', { count: access.blocked }),
    },
    {
      id: 'undetermined',
      count: access.undetermined,
      text: t('card.undetermined', { count: access.undetermined }),
    },
    {
      id: 'declared',
      count: access.declaredBlocked,
      text: t('card.declaredBlocked', { count: access.declaredBlocked }),
      bad: true,
    },
    { id: 'error', count: error, text: t('card.errors', { count: error }), bad: true },
    { id: 'warning', count: warning, text: t('card.warnings', { count: warning }) },
  ];
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <ul className={styles.counts}>
      {shown.map(({ id, text, bad }) => (
        <li key={id}>
          <Text as="span" weight={bad === true ? 'bold' : 'regular'}>
            {text}
          </Text>
        </li>
      ))}
      {error + warning === 0 ? (
        <li>
          <Text as="span" color="secondary">
            {t('card.noFindings')}
          </Text>
        </li>
      ) : null}
    </ul>
  );
}

/** One workload at a glance: three lines with who decided, then the numbers. */
export function WorkloadSummary({ card, named }: { card: WorkloadCard; named?: boolean }) {
  const wordOf = useLineWord();
  const { kind, namespace, name } = card.status.workload;
  return (
    <Flex direction="column" gap="3">
      {named === true ? (
        <Text as="h3" weight="bold">
          {`${kind} ${namespace}/${name}`}
        </Text>
      ) : null}
      <ul className={styles.lines}>
        {statusLines(card.status).map(line => {
          const Icon = toneIcons[line.tone];
          return (
            <li key={line.id} className={styles.line}>
              <Icon size={16} aria-hidden className={`${styles.icon} ${styles[line.tone]}`} />
              <Text as="span" weight="bold">
                {wordOf(line)}
              </Text>
              <Text as="span" color="secondary" className={styles.detail}>
                {line.detail}
              </Text>
            </li>
          );
        })}
      </ul>
      <Counts card={card} />
    </Flex>
  );
}
