import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Container, Flex, Link, Text } from '@backstage/ui';
import { Route, Routes, useParams } from 'react-router-dom';
import { SidetraceCard } from '../../src/components/card/SidetraceCard';
import { MeshPage } from '../../src/components/mesh/MeshPage';
import { EntityTab } from '../../src/components/tab/EntityTab';
import { type DemoState, demoStates } from '../../src/testing/demo-states';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', annotations: { 'sidetrace.dev/workload': 'shop/web' } },
};

const views = { card: <SidetraceCard />, tab: <EntityTab />, page: <MeshPage /> } as const;

function Shown() {
  const { name } = useParams();
  const state = demoStates.find(item => item.name === name);
  return state === undefined ? (
    <Text>There is no such state.</Text>
  ) : (
    <EntityProvider entity={entity}>{views[state.view]}</EntityProvider>
  );
}

/** Address of a state below the page of states. */
const addressOf = ({ name, at = '' }: DemoState) => `/states/${name}${at}`;

function StateList() {
  return (
    <Flex direction="column" gap="2">
      {demoStates.map(state => (
        <Link key={state.name} href={addressOf(state)}>
          {`${state.view}: ${state.name}`}
        </Link>
      ))}
    </Flex>
  );
}

/** All states of the views, each at an address of its own. */
export function StatesPage() {
  return (
    <Container>
      <Routes>
        <Route path="/" element={<StateList />} />
        <Route path="/:name/*" element={<Shown />} />
      </Routes>
    </Container>
  );
}
