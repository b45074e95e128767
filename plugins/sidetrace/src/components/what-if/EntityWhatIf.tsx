import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { RiDownloadLine, RiRefreshLine } from '@remixicon/react';
import type { BoundWorkload, WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow, AccessTarget, Mesh, MeshSlice } from '@sidetrace/core';
import { useDeferredValue, useMemo } from 'react';
import { changeItems, changesCsv } from '../../presenters/changes-view';
import { hasEdits, outboundModeOf } from '../../presenters/what-if/edits';
import { removableObjects } from '../../presenters/what-if/removable-objects';
import { tryEdits } from '../../presenters/what-if/try-edits';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { ChangeTable } from '../shared/ChangeTable';
import { IssueList } from '../shared/IssueList';
import { saveFile } from '../shared/save-file';
import { Elsewhere } from './Elsewhere';
import { ModeSelect } from './ModeSelect';
import { ObjectPicker } from './ObjectPicker';
import styles from './WhatIf.module.css';

interface Props {
  readonly slice: MeshSlice;
  readonly mesh: Mesh;
  readonly workload: BoundWorkload;
  readonly rows: readonly AccessRow[];
  /** Host of the call that is being tried, to be seen before and after as well. */
  readonly asked: readonly AccessTarget[];
  readonly edits: WhatIfEdits;
  readonly onEdits: (edits: WhatIfEdits) => void;
}

function Annotations({ edits }: { readonly edits: WhatIfEdits }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const annotate = edits.annotate ?? [];
  if (annotate.length === 0) return null;
  return (
    <ul className={styles.annotations}>
      {annotate.map(({ annotation, value }) => (
        <li key={annotation}>
          {value === undefined
            ? t('whatIf.annotationRemoved', { annotation })
            : t('whatIf.annotationSet', { annotation, value })}
        </li>
      ))}
    </ul>
  );
}

function Editor({ slice, edits, onEdits }: Pick<Props, 'slice' | 'edits' | 'onEdits'>) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const objects = useMemo(() => removableObjects(slice), [slice]);
  const set = (change: Partial<WhatIfEdits>, without: keyof WhatIfEdits) => {
    const { [without]: _, ...others } = edits;
    onEdits({ ...others, ...change });
  };
  return (
    <div className={styles.editor}>
      <TextAreaField
        className={styles.yaml ?? ''}
        label={t('whatIf.yaml')}
        description={t('whatIf.yamlHint')}
        rows={8}
        value={edits.apply ?? ''}
        onChange={apply => set(apply === '' ? {} : { apply }, 'apply')}
        spellCheck="false"
      />
      <div className={styles.choices}>
        <ModeSelect
          mode={edits.outboundMode ?? ''}
          onMode={mode => {
            const outboundMode = outboundModeOf(mode);
            set(outboundMode === undefined ? {} : { outboundMode }, 'outboundMode');
          }}
        />
        <ObjectPicker
          objects={objects}
          removed={edits.remove ?? []}
          onRemoved={remove => set(remove.length === 0 ? {} : { remove }, 'remove')}
        />
        <Annotations edits={edits} />
        {hasEdits(edits) ? (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRefreshLine aria-hidden />}
            onPress={() => onEdits({})}
          >
            {t('whatIf.reset')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Result({ mesh, workload, rows, asked, edits }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const tried = useMemo(
    () => tryEdits(mesh, workload, edits, { rows, asked }),
    [mesh, workload, edits, rows, asked],
  );
  const items = useMemo(() => changeItems(tried.changes), [tried]);
  return (
    <Flex direction="column" gap="3">
      <IssueList issues={tried.issues} />
      <Flex gap="3" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text role="status" weight="bold">
          {`${t('whatIf.changed', { count: items.length })}, ${t('changes.unchanged', { count: tried.unchanged })}`}
        </Text>
        {items.length === 0 ? null : (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiDownloadLine aria-hidden />}
            onPress={() => saveFile('what-if.csv', 'text/csv', changesCsv(items))}
          >
            {t('access.exportCsv')}
          </Button>
        )}
      </Flex>
      {items.length === 0 ? null : (
        <ChangeTable items={items} withWorkloads={false} empty={t('whatIf.nothing')} />
      )}
      <Elsewhere workload={workload} edits={edits} />
    </Flex>
  );
}

/** Edits tried on the workload's part of the mesh as one types: which of its answers change. */
export function EntityWhatIf(props: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const edits = useDeferredValue(props.edits);
  return (
    <Flex direction="column" gap="4">
      <Editor slice={props.slice} edits={props.edits} onEdits={props.onEdits} />
      {hasEdits(edits) ? (
        <Result {...props} edits={edits} />
      ) : (
        <Text color="secondary">{t('whatIf.empty')}</Text>
      )}
    </Flex>
  );
}
