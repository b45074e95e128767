import { createBackend } from '@backstage/backend-defaults';
import { announcePortal } from './announce-portal';
import { choosePerson } from './demo/choose-person';
import { demoPermissionPolicy } from './demo/permission-policy';
import { demoSignIn } from './demo/sign-in';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoSignIn);
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(demoPermissionPolicy);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@sidetrace/backstage-plugin-catalog-backend-module-sidetrace'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@sidetrace/backstage-plugin-scaffolder-backend-module-sidetrace'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@sidetrace/backstage-plugin-sidetrace-backend'));
backend.add(choosePerson);
backend.add(announcePortal);

backend.start();
