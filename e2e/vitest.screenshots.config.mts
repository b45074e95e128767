import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/screenshots.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
