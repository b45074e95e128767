import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Combobox, Tag, TagGroup } from '@backstage/ui';
import { formatObjectRef, type ObjectRef } from '@sidetrace/core';
import type { RemovableObject } from '../../presenters/what-if/removable-objects';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

interface Props {
  readonly objects: readonly RemovableObject[];
  readonly removed: readonly ObjectRef[];
  readonly onRemoved: (removed: readonly ObjectRef[]) => void;
}

/** Which objects to leave out; those chosen can be put back. */
export function ObjectPicker({ objects, removed, onRemoved }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const chosen = new Set(removed.map(formatObjectRef));
  const left = objects.filter(({ id }) => !chosen.has(id));
  return (
    <>
      <Combobox
        label={t('whatIf.remove')}
        placeholder={t('whatIf.removePlaceholder')}
        options={left.map(({ id }) => ({ value: id, label: id }))}
        value={null}
        onChange={key => {
          const found = left.find(({ id }) => id === key);
          if (found !== undefined) onRemoved([...removed, found.object]);
        }}
      />
      {removed.length === 0 ? null : (
        <TagGroup
          aria-label={t('whatIf.removed')}
          onRemove={keys => onRemoved(removed.filter(object => !keys.has(formatObjectRef(object))))}
        >
          {removed.map(object => (
            <Tag key={formatObjectRef(object)} id={formatObjectRef(object)}>
              {formatObjectRef(object)}
            </Tag>
          ))}
        </TagGroup>
      )}
    </>
  );
}
