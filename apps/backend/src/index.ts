import { createBackend } from '@backstage/backend-defaults';
import { announcePortal } from './announce-portal';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@sidetrace/backstage-plugin-sidetrace-backend'));
backend.add(announcePortal);

backend.start();
