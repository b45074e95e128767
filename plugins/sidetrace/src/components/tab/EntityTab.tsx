import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Card, CardBody, CardHeader, Flex, Select, Text } from '@backstage/ui';
import type { EntityTabAnswer } from '@sidetrace/backstage-plugin-sidetrace-common';
import { type ReactNode, useCallback, useRef } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { useAnswer } from '../../hooks/use-answer';
import { useQueryParam } from '../../hooks/use-query-param';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { WorkloadSummary } from '../card/WorkloadSummary';
import { AnswerBoundary } from '../shared/AnswerBoundary';
import { FindingList } from '../shared/FindingList';
import { StaleNotice } from '../shared/StaleNotice';
import { UnboundState } from '../shared/UnboundState';
import styles from './EntityTab.module.css';
import { ExternalAccess } from './ExternalAccess';
import { TrafficPaths } from './TrafficPaths';
import { TryCall } from './TryCall';

type TabAnswer = Extract<EntityTabAnswer, { kind: 'workload' }>;

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card className={styles.section ?? ''}>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {title}
        </Text>
      </CardHeader>
      <CardBody>{children}</CardBody>
    </Card>
  );
}

interface PickerProps {
  readonly answer: TabAnswer;
  readonly onPick: (workload: string) => void;
}

function WorkloadPicker({ answer, onPick }: PickerProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { workloads, selected } = answer;
  if (workloads.length < 2) return null;
  return (
    <Select
      label={t('tab.workload')}
      options={workloads.map(({ id, source, ref }) => ({
        value: id,
        label: `${ref.kind} ${ref.namespace}/${ref.name} (${source})`,
      }))}
      value={selected.workload.id}
      onChange={key => key !== null && onPick(String(key))}
    />
  );
}

function WorkloadContent({ answer, onPick }: PickerProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [, setCall] = useQueryParam('call');
  const callSection = useRef<HTMLDivElement>(null);
  const { selected, source, paths, access, findings, invalidHosts, slice } = answer;
  const { kind, namespace, name } = selected.workload.ref;
  const withoutSidecar = paths.find(path => path.withoutSidecar !== undefined)?.withoutSidecar;
  const tryCall = (address: string) => {
    setCall(address);
    callSection.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <Flex direction="column" gap="5">
      <StaleNotice sources={[source]} />
      <WorkloadPicker answer={answer} onPick={onPick} />
      <Section title={`${kind} ${namespace}/${name}`}>
        <WorkloadSummary card={selected} />
      </Section>
      {withoutSidecar === undefined ? null : (
        <Alert status="warning" icon title={t('tab.noSidecar')} description={withoutSidecar} />
      )}
      <Section title={t('tab.paths')}>
        <TrafficPaths paths={paths} />
      </Section>
      <Section title={t('tab.access')}>
        <ExternalAccess
          rows={access}
          invalidHosts={invalidHosts}
          fileName={`${namespace}-${name}-external-access`}
          onTry={tryCall}
        />
      </Section>
      <div ref={callSection} className={styles.section}>
        <Section title={t('tab.tryCall')}>
          {slice === undefined ? (
            <Text>{t('call.noPermission')}</Text>
          ) : (
            <TryCall slice={slice} workload={selected.workload.ref} />
          )}
        </Section>
      </div>
      <Section title={t('tab.findings')}>
        {findings.length === 0 ? (
          <Text>{t('findings.none')}</Text>
        ) : (
          <FindingList items={findings.map(({ finding }) => ({ id: finding.fingerprint, finding }))} />
        )}
      </Section>
    </Flex>
  );
}

/** Tab of the entity page: everything about one workload in one answer. */
export function EntityTab() {
  const api = useApi(sidetraceApiRef);
  const { entity } = useEntity();
  const [workload, setWorkload] = useQueryParam('workload');
  const ask = useCallback(
    () => api.entityTab(getCompoundEntityRef(entity), workload === '' ? undefined : workload),
    [api, entity, workload],
  );
  return (
    <div data-plugin="sidetrace">
      <AnswerBoundary asked={useAnswer(ask)} skeleton={[140, 520, 240]}>
        {answer =>
          answer.kind === 'workload' ? (
            <WorkloadContent answer={answer} onPick={setWorkload} />
          ) : (
            <UnboundState answer={answer} />
          )
        }
      </AnswerBoundary>
    </div>
  );
}
