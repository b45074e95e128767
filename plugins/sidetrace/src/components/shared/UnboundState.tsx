import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import {
  KUBERNETES_ID_ANNOTATION,
  type NoAnnotation,
  type NoMatch,
  WORKLOAD_ANNOTATION,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { CodeBlock } from './CodeBlock';
import { StaleNotice } from './StaleNotice';

const example = `metadata:
  annotations:
    ${WORKLOAD_ANNOTATION}: namespace/deployment
    # or, as for the Kubernetes plugin:
    ${KUBERNETES_ID_ANNOTATION}: my-service`;

/** The entity has no workload: what to add, or what was looked for and where. */
export function UnboundState({ answer }: { readonly answer: NoAnnotation | NoMatch }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  if (answer.kind === 'no-annotation') {
    return (
      <Flex direction="column" gap="2">
        <Text weight="bold">{t('state.missingAnnotation')}</Text>
        <Text>{t('state.missingAnnotationHint')}</Text>
        <CodeBlock label="catalog-info.yaml" text={example} />
      </Flex>
    );
  }
  const sources = answer.sources.map(({ id }) => id).join(', ');
  return (
    <Flex direction="column" gap="2">
      <StaleNotice sources={answer.sources} />
      <Text weight="bold">{t('state.noMatch')}</Text>
      <Text>{t('state.noMatchHint', { lookedFor: answer.lookedFor })}</Text>
      <Text color="secondary">
        {sources === '' ? t('mesh.noSources') : t('state.noMatchSources', { sources })}
      </Text>
    </Flex>
  );
}
