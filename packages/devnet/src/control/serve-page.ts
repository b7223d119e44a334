import { fileURLToPath } from 'node:url'
import { type FileHandler, pageFolders, serveFiles } from '@vpn-kiosk/telegram-simulator'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { ZodError, z } from 'zod'
import { registerProxies } from './register-proxies.ts'
import { type ControlledWorld, createSwitches } from './world.ts'
import { registerWorldRoutes } from './world-routes.ts'

export interface PageOptions {
  /** 0 = any free one. */
  readonly port: number
  readonly host: string
}

export interface ServedPage {
  readonly url: string
  close(): Promise<void>
}

/** Serves the chat page, `/people/…` and `/world/…` on one address. */
export async function servePage(world: ControlledWorld, { port, host }: PageOptions): Promise<ServedPage> {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 1024 * 1024 })
  answerErrors(app)
  // Before any body is read: the People API reads its own.
  app.addHook('onRequest', async (request, reply) => {
    const handle = handlerOf(request.url, world)
    if (!handle) return
    reply.hijack()
    await handle(request.raw, reply.raw)
  })
  registerWorldRoutes(app, world, createSwitches())
  await app.register(async (scope) => registerProxies(scope, world))
  const url = await app.listen({ port, host })
  return { url, close: () => app.close() }
}

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const handlePageRequest = serveFiles(
  { ...pageFolders, '/page/': folder('../page'), '/page/locales/': folder('../../locales') },
  '/page/index.html',
)

/** What of the page is no business of the world's routes. */
function handlerOf(url: string, { telegram }: ControlledWorld): FileHandler | null {
  if (url.startsWith('/people/')) return telegram.handlePeopleRequest
  return url === '/' || url.startsWith('/?') || /^\/(?:page|chat)\//.test(url) ? handlePageRequest : null
}

/** As the People API words its refusals. */
function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const isInvalid = error instanceof ZodError
    const status = isInvalid ? 400 : (error.statusCode ?? 409)
    const message = isInvalid ? z.prettifyError(error) : error.message
    return reply.code(status).send({ error: { kind: isInvalid ? 'invalid' : 'refused', message } })
  })
}
