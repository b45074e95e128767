import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { Trace } from '@sidetrace/core';
import { useMemo } from 'react';
import { traceView } from '../../presenters/trace-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { PathDrawing } from './PathDrawing';
import { StepList } from './StepList';
import styles from './TraceDetails.module.css';

interface Props {
  readonly trace: Trace;
  /** Name of the drawing. */
  readonly name: string;
  /** Number of the open step, as in the URL. */
  readonly step: string;
  readonly onStep: (step: string) => void;
  /** What the application sees is said elsewhere. */
  readonly withoutSummary?: boolean;
}

function Notes({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <Text as="h3" weight="bold">
        {title}
      </Text>
      <ul className={styles.notes}>
        {items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

/** One trace: what the application sees, the drawing, the same steps as a list, and what was taken as given. */
export function TraceDetails({ trace, name, step, onStep, withoutSummary }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const view = useMemo(() => traceView(trace), [trace]);
  const selected = step === '' ? undefined : Number(step);
  return (
    <Flex direction="column" gap="4">
      {withoutSummary === true ? null : (
        <Text as="p">
          <Text as="span" color="secondary">{`${t('path.seen')}: `}</Text>
          <Text as="span" weight="bold">
            {view.summary}
          </Text>
        </Text>
      )}
      {view.steps.length === 0 ? null : (
        <PathDrawing
          name={name}
          steps={view.steps}
          caller={view.caller}
          selected={selected}
          onSelect={number => onStep(String(number))}
        />
      )}
      <Notes title={t('path.blockers')} items={view.blockers} />
      <section aria-label={`${t('path.steps')}: ${name}`}>
        <StepList
          hops={view.hops}
          selected={selected}
          onSelect={number => onStep(number === undefined ? '' : String(number))}
        />
      </section>
      <Notes title={t('path.assumptions')} items={view.assumptions} />
      <Notes title={t('path.unmodelled')} items={view.unmodelled} />
    </Flex>
  );
}
