export { compileProxy } from './compile-proxy';
export { proxyClassKey, wideProxyClassKey } from './proxy/proxy-class';
