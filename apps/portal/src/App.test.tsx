import { expect, test } from 'vitest';
import { app } from './App';

test('the app has a root to render', () => {
  expect(app.createRoot()).toBeTruthy();
});
