import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Accordion, AccordionPanel, AccordionTrigger, Flex, Text } from '@backstage/ui';
import { RiAlertLine, RiErrorWarningLine, RiInformationLine } from '@remixicon/react';
import { type Finding, formatObjectRef } from '@sidetrace/core';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './FindingList.module.css';

export interface FindingItem {
  readonly id: string;
  readonly finding: Finding;
  /** Source of the mesh, where several are shown together. */
  readonly source?: string;
}

const icons = { error: RiErrorWarningLine, warning: RiAlertLine, info: RiInformationLine };

function FindingDetails({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { message, why, fix, source, path } = finding;
  const place =
    source === undefined
      ? ''
      : t('findings.place', { file: source.file, line: String(source.line) });
  return (
    <Flex direction="column" gap="2">
      <Text as="p">{message}</Text>
      <Text as="p" color="secondary">
        {why}
      </Text>
      {fix === undefined ? null : (
        <>
          <Text as="p">
            <Text as="span" weight="bold">{`${t('findings.fix')}: `}</Text>
            {fix.title}
          </Text>
          {(fix.create ?? []).map(object => (
            <pre key={JSON.stringify(object)} className={styles.code}>
              {JSON.stringify(object, null, 2)}
            </pre>
          ))}
        </>
      )}
      {place === '' ? null : (
        <Text as="p" color="secondary" variant="body-small">
          {path === undefined || path === '' ? place : `${place}, ${path}`}
        </Text>
      )}
    </Flex>
  );
}

/** Findings, worst first as the audit sorts them; each opens to why it matters and how to fix it. */
export function FindingList({ items }: { readonly items: readonly FindingItem[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <ul className={styles.list}>
      {items.map(({ id, finding, source }) => {
        const Icon = icons[finding.level];
        const subtitle = [t(`findings.${finding.level}`), formatObjectRef(finding.object), source];
        return (
          <li key={id}>
            <Accordion>
              <AccordionTrigger>
                <span className={styles.head}>
                  <Icon size={18} aria-hidden className={styles[finding.level]} />
                  <span>
                    <span className={styles.title}>{finding.title}</span>
                    <span className={styles.subtitle}>
                      {subtitle.filter(part => part !== undefined).join(' · ')}
                    </span>
                  </span>
                </span>
              </AccordionTrigger>
              <AccordionPanel>
                <FindingDetails finding={finding} />
              </AccordionPanel>
            </Accordion>
          </li>
        );
      })}
    </ul>
  );
}
