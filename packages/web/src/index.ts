export { createWebServer } from './create-web-server.ts'
export { type RunningWeb, type StartWebDeps, startWeb } from './start-web.ts'
export { defaultLimits, type Logger, type WebDeps, type WebLimits, type WebShop } from './web-deps.ts'
