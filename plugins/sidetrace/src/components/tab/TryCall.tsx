import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import { findWorkload, type Mesh, simulate, type WorkloadRef } from '@sidetrace/core';
import { judgeTrace } from '@sidetrace/core/access';
import { useDeferredValue, useMemo } from 'react';
import { useQueryParam } from '../../hooks/use-query-param';
import { callOf, targetOfCall } from '../../presenters/call-address';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { VerdictBadge } from '../shared/VerdictBadge';
import { CallForm, useCallForm } from './CallForm';
import { SuggestedFixes } from './SuggestedFixes';
import { TraceDetails } from './TraceDetails';
import styles from './TryCall.module.css';

interface Props {
  readonly mesh: Mesh;
  readonly workload: WorkloadRef;
  /** Takes a suggested fix into what-if. */
  readonly onTry: (edits: WhatIfEdits) => void;
}

function useTriedCall(mesh: Mesh, workload: WorkloadRef) {
  const { address, container, uid, ip, sni, http2 } = useCallForm();
  return useMemo(() => {
    const call = callOf({ address, container, uid, ip, sni, http2 }, workload);
    if (call === undefined) return undefined;
    const trace = simulate(mesh, call);
    const target = targetOfCall(call);
    return { trace, verdict: judgeTrace(mesh, trace, { ...target, sample: target.host }).verdict };
  }, [address, container, uid, ip, sni, http2, workload, mesh]);
}

/** An address bar for calls of this workload: answered as one types, by core in the browser. */
export function TryCall({ mesh, workload, onTry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [address] = useQueryParam('call');
  const [step, setStep] = useQueryParam('callStep');
  const tried = useDeferredValue(useTriedCall(mesh, workload));
  const containers = useMemo(
    () => findWorkload(mesh, workload)?.template.spec.containers.map(({ name }) => name) ?? [],
    [mesh, workload],
  );
  return (
    <Flex direction="column" gap="4">
      <CallForm containers={containers} />
      <div role="status">
        {tried !== undefined ? (
          <div className={styles.verdict}>
            <VerdictBadge verdict={tried.verdict} />
            <Text weight="bold">{tried.trace.symptom.summary}</Text>
          </div>
        ) : address === '' ? (
          <Text color="secondary">{t('call.empty')}</Text>
        ) : (
          <Text color="secondary">{t('call.wrongAddress')}</Text>
        )}
      </div>
      {tried === undefined ? null : (
        <>
          <SuggestedFixes mesh={mesh} trace={tried.trace} onTry={onTry} />
          <TraceDetails
            trace={tried.trace}
            name={t('path.drawing', { title: address, answer: tried.trace.symptom.summary })}
            step={step}
            onStep={setStep}
            withoutSummary
          />
        </>
      )}
    </Flex>
  );
}
