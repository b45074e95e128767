import { getCompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Button, Flex, Text } from '@backstage/ui';
import type { BoundWorkload, WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useEffect, useState } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FailedState } from '../shared/FailedState';

interface Props {
  readonly workload: BoundWorkload;
  readonly edits: WhatIfEdits;
}

type Counted =
  | { readonly kind: 'not-asked' | 'asking' | 'forbidden' }
  | { readonly kind: 'counted'; readonly count: number }
  | { readonly kind: 'failed'; readonly error: Error };

/** How many answers of other workloads the same edits change: asked of the backend, which knows the whole mesh. */
export function Elsewhere({ workload, edits }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const { entity } = useEntity();
  const [counted, setCounted] = useState<Counted>({ kind: 'not-asked' });
  useEffect(() => setCounted({ kind: 'not-asked' }), [edits, workload.id]);
  const count = async () => {
    setCounted({ kind: 'asking' });
    try {
      const request = { ...edits, workload: workload.id };
      const { elsewhere } = await api.entityWhatIf(getCompoundEntityRef(entity), request);
      setCounted(
        elsewhere === undefined ? { kind: 'forbidden' } : { kind: 'counted', count: elsewhere },
      );
    } catch (reason) {
      const error = reason instanceof Error ? reason : new Error(String(reason));
      setCounted({ kind: 'failed', error });
    }
  };
  if (counted.kind === 'failed') {
    return <FailedState error={counted.error} onRetry={() => void count()} />;
  }
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
      <Button
        size="small"
        variant="secondary"
        isPending={counted.kind === 'asking'}
        onPress={() => void count()}
      >
        {t('whatIf.countElsewhere')}
      </Button>
      <Text role="status">
        {counted.kind === 'counted' ? t('whatIf.elsewhere', { count: counted.count }) : ''}
        {counted.kind === 'forbidden' ? t('whatIf.elsewhereForbidden') : ''}
      </Text>
    </Flex>
  );
}
