import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { useAnswer } from '../../hooks/use-answer';
import { useQueryParam } from '../../hooks/use-query-param';
import { AnswerBoundary } from '../shared/AnswerBoundary';
import styles from '../shared/Plugin.module.css';
import { UnboundState } from '../shared/UnboundState';
import { WorkloadContent } from './WorkloadContent';

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
    <div className={styles.plugin} data-plugin="sidetrace">
      <AnswerBoundary asked={useAnswer(ask)} skeleton={[168, 1400, 640]}>
        {answer =>
          answer.kind === 'workload' ? (
            <WorkloadContent
              key={answer.selected.workload.id}
              answer={answer}
              onPick={setWorkload}
            />
          ) : (
            <UnboundState answer={answer} />
          )
        }
      </AnswerBoundary>
    </div>
  );
}
