import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Flex, Text } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import type { RenderedFix } from '@sidetrace/backstage-plugin-sidetrace-common';
import { fixViews } from '../../presenters/finding-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { DiffBlock } from '../shared/DiffBlock';
import { Message } from '../shared/Message';

interface Props {
  readonly fix: RenderedFix;
  /** Takes the manifests into what-if. */
  readonly onTry?: (yaml: string) => void;
}

/** A fix: what it does, each object as it is and as it would be. */
export function FixDetails({ fix, onTry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <Flex direction="column" gap="2">
      <Text as="p">
        <Text as="span" weight="bold">{`${t('findings.fix')}: `}</Text>
        <Message text={fix.title} />
      </Text>
      {fixViews(fix).map(({ id, name, place, before, after }) => (
        <Flex key={id} direction="column" gap="1">
          <Text as="p" color="secondary" variant="body-small">
            {place === undefined
              ? t('findings.newObject', { object: name })
              : `${name}, ${t('findings.place', { file: place.file, line: String(place.line) })}`}
          </Text>
          <DiffBlock label={t('findings.change', { object: name })} before={before} after={after} />
        </Flex>
      ))}
      {onTry === undefined || fix.yaml.trim() === '' ? null : (
        <div>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiFlaskLine aria-hidden />}
            onPress={() => onTry(fix.yaml)}
          >
            {t('whatIf.tryFix')}
          </Button>
        </div>
      )}
    </Flex>
  );
}
