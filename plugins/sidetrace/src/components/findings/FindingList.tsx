import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import { RiAlertLine, RiErrorWarningLine, RiInformationLine } from '@remixicon/react';
import type { MeshFinding } from '@sidetrace/backstage-plugin-sidetrace-common';
import { formatObjectRef } from '@sidetrace/core';
import type { ReactNode } from 'react';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { Message } from '../shared/Message';
import styles from './FindingList.module.css';

interface Props<T extends MeshFinding> {
  readonly items: readonly T[];
  /** The source is named, where several are shown together. */
  readonly withSource?: boolean;
  /** The title is said above the list: each item is named by its message. */
  readonly titled?: boolean;
  /** Fingerprint of the open one. */
  readonly open: string;
  readonly onOpen: (fingerprint: string) => void;
  readonly children: (item: T) => ReactNode;
}

const icons = { error: RiErrorWarningLine, warning: RiAlertLine, info: RiInformationLine };

interface HeadProps {
  readonly item: MeshFinding;
  readonly withSource: boolean;
  readonly titled: boolean;
}

function Head({ item, withSource, titled }: HeadProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { finding, source, state, waiver } = item;
  const Icon = icons[finding.level];
  const words = [
    t(`findings.${finding.level}`),
    ...(state === 'open' ? [] : [t(`findings.state.${state}`)]),
    ...(waiver === undefined ? [] : [waiver.owner]),
    formatObjectRef(finding.object),
    ...(withSource ? [source] : []),
  ];
  return (
    <span className={styles.head}>
      <Icon
        size={18}
        aria-hidden
        className={state === 'waived' ? styles.waived : styles[finding.level]}
      />
      <span>
        <span className={styles.title}>
          <Message text={titled ? finding.message : finding.title} />
        </span>
        <span className={styles.subtitle}>{words.join(' · ')}</span>
      </span>
    </span>
  );
}

/** Findings in the order given; each opens to why it matters and how to fix it. */
export function FindingList<T extends MeshFinding>(props: Props<T>) {
  const { items, withSource = false, titled = false, open, onOpen, children } = props;
  return (
    <ul className={styles.list}>
      {items.map(item => {
        const { fingerprint } = item.finding;
        const isOpen = fingerprint === open;
        return (
          <li key={`${item.source} ${fingerprint}`}>
            <Accordion
              isExpanded={isOpen}
              onExpandedChange={expanded => onOpen(expanded ? fingerprint : '')}
            >
              <AccordionTrigger>
                <Head item={item} withSource={withSource} titled={titled} />
              </AccordionTrigger>
              <AccordionPanel>{isOpen ? children(item) : null}</AccordionPanel>
            </Accordion>
          </li>
        );
      })}
    </ul>
  );
}
