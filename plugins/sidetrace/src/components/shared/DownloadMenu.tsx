import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Flex, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import type { ExportRequest } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useState } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FailedState } from './FailedState';
import { saveBlob } from './save-file';

interface Props {
  /** One request for each format that is offered. */
  readonly requests: readonly ExportRequest[];
}

const formatNames = { csv: 'CSV', json: 'JSON', markdown: 'Markdown', sarif: 'SARIF' } as const;

/** Downloads the whole list behind a view, filtered as the view is. */
export function DownloadMenu({ requests }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const download = async (request: ExportRequest) => {
    setBusy(true);
    setError(undefined);
    try {
      const { name, content } = await api.download(request);
      saveBlob(name, content);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex direction="column" gap="2">
      <MenuTrigger>
        <Button
          variant="secondary"
          size="small"
          isPending={busy}
          iconStart={<RiDownloadLine aria-hidden />}
        >
          {t('export.download')}
        </Button>
        <Menu>
          {requests.map(request => (
            <MenuItem key={request.format} onAction={() => void download(request)}>
              {formatNames[request.format]}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
      {error === undefined ? null : <FailedState error={error} />}
    </Flex>
  );
}
