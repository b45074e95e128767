import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Accordion, AccordionPanel, AccordionTrigger, Text } from '@backstage/ui';
import type { HopView, StepView } from '../../presenters/trace-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './StepList.module.css';

interface Props {
  readonly hops: readonly HopView[];
  readonly selected: number | undefined;
  readonly onSelect: (step: number | undefined) => void;
}

function PassedOver({ step }: { readonly step: StepView }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <ul className={styles.passedOver}>
      {step.passedOver.map(({ name, matched, failed }, index) => (
        <li key={index}>
          <span className={styles.code}>{name}</span>
          {matched === '' ? '' : ` ${t('path.matched', { fields: matched })}`}
          {failed === '' ? '' : ` ${t('path.notMatched', { fields: failed })}`}
        </li>
      ))}
    </ul>
  );
}

function StepFacts({ step }: { readonly step: StepView }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { rule, detail, rewritten, because, passedOver } = step;
  return (
    <>
      {detail === undefined ? null : <Text as="p">{detail}</Text>}
      <dl className={styles.facts}>
        {rule === undefined ? null : (
          <>
            <dt>{t('path.rule')}</dt>
            <dd>
              {rule.place}
              <br />
              <span className={styles.code}>{rule.text}</span>
            </dd>
            <dt>{t('path.why')}</dt>
            <dd>{rule.why}</dd>
          </>
        )}
        {rewritten === undefined ? null : (
          <>
            <dt>{t('path.rewritten')}</dt>
            <dd className={styles.code}>{rewritten}</dd>
          </>
        )}
        {because === undefined ? null : (
          <>
            <dt>{t('path.because')}</dt>
            <dd>{because}</dd>
          </>
        )}
        {passedOver.length === 0 ? null : (
          <>
            <dt>{t('path.passedOver')}</dt>
            <dd>
              <PassedOver step={step} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** A trace as an ordered list of steps by hop; each opens to what was decided and why. */
export function StepList({ hops, selected, onSelect }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const notes = {
    passed: undefined,
    stops: t('path.stops'),
    hypothetical: t('path.hypothetical'),
  } as const;
  return (
    <ol className={styles.hops}>
      {hops.map((hop, index) => (
        <li key={index}>
          <Text as="span" weight="bold">
            {hop.title}
          </Text>
          {hop.tuple === undefined ? null : (
            <Text as="span" color="secondary" className={styles.code}>
              {`  ${hop.tuple}`}
            </Text>
          )}
          <ol className={styles.steps} start={hop.steps[0]?.number ?? 1}>
            {hop.steps.map(step => {
              const note = notes[step.state];
              return (
                <li key={step.number} className={`${styles.step} ${styles[step.state]}`}>
                  <Accordion
                    isExpanded={selected === step.number}
                    onExpandedChange={open => onSelect(open ? step.number : undefined)}
                  >
                    <AccordionTrigger
                      title={`${step.number}. ${step.title}`}
                      {...(note === undefined ? {} : { subtitle: note })}
                    />
                    <AccordionPanel>
                      <StepFacts step={step} />
                    </AccordionPanel>
                  </Accordion>
                </li>
              );
            })}
          </ol>
        </li>
      ))}
    </ol>
  );
}
