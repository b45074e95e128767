import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { FindingBody } from '../../findings/FindingBody';
import { AnswerBoundary } from '../../shared/AnswerBoundary';

interface Props {
  readonly source: string;
  readonly fingerprint: string;
}

/** The whole of a finding, asked for when it is opened. */
export function MeshFindingBody({ source, fingerprint }: Props) {
  const api = useApi(sidetraceApiRef);
  const navigate = useNavigate();
  const ask = useCallback(() => api.meshFinding(source, fingerprint), [api, source, fingerprint]);
  const tryFix = (apply: string) =>
    navigate(`../what-if?source=${encodeURIComponent(source)}`, { state: { apply } });
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[48, 160]}>
      {({ details }) => <FindingBody details={details} onTry={tryFix} />}
    </AnswerBoundary>
  );
}
