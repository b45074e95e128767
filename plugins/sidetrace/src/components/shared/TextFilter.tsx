import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { SearchField } from '@backstage/ui';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}

/** The field of a filter by text; the kit's own placeholder is English in every language. */
export function TextFilter(props: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return <SearchField {...props} size="small" placeholder={t('filter.placeholder')} />;
}
