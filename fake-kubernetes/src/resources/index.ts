export { type ApiResource, apiVersionOf, parseApiVersion, qualifiedName } from './api-resource';
export { createServedResources, type ServedResources } from './served-resources';
