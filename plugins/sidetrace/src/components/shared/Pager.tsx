import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ButtonIcon, Flex, Text } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import type { PageInfo } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

interface Props {
  readonly page: PageInfo;
  readonly onOffset: (offset: number) => void;
}

/** Which part of a long list is shown, and the way to the parts beside it. Nothing when it fits on one page. */
export function Pager({ page, onOffset }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { offset, limit, total } = page;
  if (total <= limit && offset === 0) return null;
  const last = Math.min(offset + limit, total);
  return (
    <Flex gap="2" align="center" justify="end">
      <Text role="status">
        {t('pager.range', { first: String(offset + 1), last: String(last), total: String(total) })}
      </Text>
      <ButtonIcon
        size="small"
        variant="secondary"
        icon={<RiArrowLeftSLine />}
        aria-label={t('pager.previous')}
        isDisabled={offset === 0}
        onPress={() => onOffset(Math.max(0, offset - limit))}
      />
      <ButtonIcon
        size="small"
        variant="secondary"
        icon={<RiArrowRightSLine />}
        aria-label={t('pager.next')}
        isDisabled={last >= total}
        onPress={() => onOffset(offset + limit)}
      />
    </Flex>
  );
}
