import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Flex } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { useState } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { FailedState } from '../../shared/FailedState';

/** Makes the backend read its sources now, then asks for the view again. */
export function RefreshButton({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const refresh = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.refresh();
      onDone();
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex direction="column" gap="2">
      <div>
        <Button
          size="small"
          variant="secondary"
          isPending={busy}
          iconStart={<RiRefreshLine aria-hidden />}
          onPress={() => void refresh()}
        >
          {t('overview.refresh')}
        </Button>
      </div>
      {error === undefined ? null : <FailedState error={error} />}
    </Flex>
  );
}
