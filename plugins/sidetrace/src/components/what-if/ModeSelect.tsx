import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { outboundModes } from '../../presenters/what-if/edits';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FilterSelect } from '../shared/FilterSelect';

interface Props {
  readonly mode: string;
  readonly onMode: (mode: string) => void;
}

/** The mesh-wide outbound mode to try; unchanged without a choice. */
export function ModeSelect({ mode, onMode }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <FilterSelect
      label={t('whatIf.mode')}
      all={t('whatIf.modeUnchanged')}
      options={outboundModes.map(value => ({ value, label: value }))}
      value={mode}
      onChange={onMode}
    />
  );
}
