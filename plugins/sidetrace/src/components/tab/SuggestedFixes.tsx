import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import type { WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Mesh, Trace } from '@sidetrace/core';
import { useMemo } from 'react';
import { type SuggestionView, suggestionsFor } from '../../presenters/suggestions';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { CodeBlock } from '../shared/CodeBlock';
import { Message } from '../shared/Message';

interface Props {
  readonly mesh: Mesh;
  readonly trace: Trace;
  readonly onTry: (edits: WhatIfEdits) => void;
}

function Suggestion({
  suggestion,
  onTry,
}: {
  readonly suggestion: SuggestionView;
  readonly onTry: (edits: WhatIfEdits) => void;
}) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { title, yaml, edits, sees } = suggestion;
  return (
    <Flex direction="column" gap="2">
      <Text as="h4" weight="bold">
        <Message text={title} />
      </Text>
      <Text as="p" color="secondary">
        {t('fixes.afterwards', { sees })}
      </Text>
      {yaml === '' ? null : <CodeBlock label={title} text={yaml} />}
      <div>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiFlaskLine aria-hidden />}
          onPress={() => onTry(edits)}
        >
          {t('whatIf.tryFix')}
        </Button>
      </div>
    </Flex>
  );
}

/** When the call is blocked: changes that make it succeed, each tried before it is named. */
export function SuggestedFixes({ mesh, trace, onTry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const found = useMemo(() => suggestionsFor(mesh, trace), [mesh, trace]);
  if (found.kind === 'works') return null;
  const { suggestions, near } = found;
  return (
    <section aria-label={t('fixes.title')}>
      <Flex direction="column" gap="3">
        <Text as="h3" variant="title-x-small" weight="bold">
          {t('fixes.title')}
        </Text>
        {near.length === 0 ? null : (
          <Alert
            status="info"
            icon
            title={t('fixes.near')}
            description={near
              .map(({ host, namespace, why }) => `${host} (${namespace}, ${t(`fixes.why.${why}`)})`)
              .join('; ')}
          />
        )}
        {suggestions.length === 0 ? (
          <Text>{t('fixes.none')}</Text>
        ) : (
          suggestions.map(suggestion => (
            <Suggestion key={suggestion.title} suggestion={suggestion} onTry={onTry} />
          ))
        )}
      </Flex>
    </section>
  );
}
