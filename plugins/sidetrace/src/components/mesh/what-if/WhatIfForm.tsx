import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TextAreaField } from '@backstage/ui';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useQueryParams } from '../../../hooks/use-query-params';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { FilterSelect } from '../../shared/FilterSelect';
import { ModeSelect } from '../../what-if/ModeSelect';
import styles from '../../what-if/WhatIf.module.css';

export interface WhatIfTexts {
  readonly apply: string;
  readonly removeYaml: string;
}

interface Props {
  readonly texts: WhatIfTexts;
  readonly onTexts: (texts: WhatIfTexts) => void;
  /** Manifests belong to one mesh, and none is chosen. */
  readonly needsSource: boolean;
}

/** What to try and on which mesh; mode and mesh are in the URL. */
export function WhatIfForm({ texts, onTexts, needsSource }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const [params, setParams] = useQueryParams();
  const ask = useCallback(() => api.history({ limit: 1 }), [api]);
  const { answer } = useAnswer(ask);
  const sources = answer.kind === 'ready' ? answer.value.sources : [];
  return (
    <div className={styles.editor}>
      <div className={styles.choices}>
        <TextAreaField
          className={styles.yaml ?? ''}
          label={t('whatIf.yaml')}
          description={needsSource ? t('whatIf.needsSource') : t('whatIf.yamlHint')}
          rows={8}
          value={texts.apply}
          onChange={apply => onTexts({ ...texts, apply })}
          spellCheck="false"
        />
        <TextAreaField
          className={styles.yaml ?? ''}
          label={t('whatIf.removeYaml')}
          description={t('whatIf.removeYamlHint')}
          rows={3}
          value={texts.removeYaml}
          onChange={removeYaml => onTexts({ ...texts, removeYaml })}
          spellCheck="false"
        />
      </div>
      <div className={styles.choices}>
        <FilterSelect
          label={t('mesh.source')}
          all={t('mesh.allSources')}
          options={sources.map(({ id }) => ({ value: id, label: id }))}
          value={params.get('source') ?? ''}
          onChange={source => setParams({ source })}
        />
        <ModeSelect mode={params.get('mode') ?? ''} onMode={mode => setParams({ mode })} />
      </div>
    </div>
  );
}
