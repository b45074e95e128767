import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Select, Text } from '@backstage/ui';
import type {
  AffectedWorkloads,
  CellRequest,
  CellTrace,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useLanguage } from '../../../hooks/use-language';
import { useQueryParam } from '../../../hooks/use-query-param';
import { originText } from '../../../presenters/origin-text';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { ObservedCalls } from '../../shared/ObservedCalls';
import { SidePanel } from '../../shared/SidePanel';
import { StaleNotice } from '../../shared/StaleNotice';
import { VerdictBadge } from '../../shared/VerdictBadge';
import { WorkloadName } from '../../shared/WorkloadNames';
import { TraceDetails } from '../../tab/TraceDetails';
import styles from './MatrixView.module.css';

interface Props {
  readonly cell: CellRequest;
  /** Workloads of the same row: they answer alike. */
  readonly alike: AffectedWorkloads | undefined;
  readonly onCell: (cell: CellRequest | undefined) => void;
}

function Trace({ answer }: { readonly answer: CellTrace }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  const [step, setStep] = useQueryParam('step');
  const { source, workload, row, trace } = answer;
  const target = `${trace.call.to}:${trace.call.port}`;
  return (
    <Flex direction="column" gap="3">
      <StaleNotice sources={[source]} />
      <div className={styles.facts}>
        {row === undefined ? null : <VerdictBadge verdict={row.verdict} />}
        {row?.observed === undefined ? null : (
          <ObservedCalls observed={row.observed} language={language} />
        )}
        <WorkloadName workload={workload} />
        {workload.owner === undefined ? null : (
          <Text color="secondary">{t('cell.owner', { owner: workload.owner })}</Text>
        )}
      </div>
      {row === undefined ? null : (
        <Text as="p" color="secondary" className={styles.deciding ?? ''}>
          {t('cell.because', { origin: originText(row.deciding) })}
        </Text>
      )}
      <TraceDetails
        trace={trace}
        name={t('path.drawing', { title: target, answer: trace.symptom.summary })}
        step={step}
        onStep={setStep}
      />
    </Flex>
  );
}

/** One cell of the matrix: how the call goes, for one of the workloads that answer alike. */
export function CellPanel({ cell, alike, onCell }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const { workload, host, port, protocol } = cell;
  const ask = useCallback(
    () => api.cellTrace({ workload, host, port, protocol }),
    [api, workload, host, port, protocol],
  );
  const asked = useAnswer(ask);
  const [, namespace = '', , name = ''] = workload.split('/').slice(-4);
  const others = alike?.list ?? [];
  return (
    <SidePanel title={`${namespace}/${name} → ${host}:${port}`} onClose={() => onCell(undefined)}>
      {others.length < 2 ? null : (
        <Select
          label={t('cell.alike', { count: alike?.count ?? others.length })}
          options={others.map(({ id }) => ({ value: id, label: id }))}
          value={workload}
          onChange={key => key !== null && onCell({ ...cell, workload: String(key) })}
        />
      )}
      <AnswerBoundary asked={asked} skeleton={[32, 320, 320]}>
        {answer => <Trace answer={answer} />}
      </AnswerBoundary>
    </SidePanel>
  );
}
