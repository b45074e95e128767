import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Section.module.css';

interface Props {
  readonly title: string;
  /** Beside the title, for example a download. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A card with a heading: a part of a view that is a subject of its own. */
export function Section({ title, actions, children }: Props) {
  return (
    <Card className={styles.section ?? ''}>
      <CardHeader className={styles.header ?? ''}>
        <Text as="h2" variant="title-x-small" weight="bold">
          {title}
        </Text>
        {actions}
      </CardHeader>
      <CardBody className={styles.body ?? ''}>{children}</CardBody>
    </Card>
  );
}
