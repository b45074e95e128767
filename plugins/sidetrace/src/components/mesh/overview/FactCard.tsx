import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import { Section } from '../../shared/Section';
import styles from './Overview.module.css';

export interface Fact {
  readonly id: string;
  readonly name: ReactNode;
  readonly count: number;
}

interface Props {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Said when there are none. */
  readonly empty: string;
}

/** Names with numbers. */
export function FactCard({ title, facts, empty }: Props) {
  return (
    <Section title={title}>
      {facts.length === 0 ? (
        <Text color="secondary">{empty}</Text>
      ) : (
        <ul className={styles.facts}>
          {facts.map(({ id, name, count }) => (
            <li key={id} className={styles.fact}>
              <span className={styles.name}>{name}</span>
              <span className={styles.number}>{count}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
