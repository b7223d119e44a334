import httpProxy from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'
import { type ControlledWorld, providerIds, providerOf } from './world.ts'

/**
 * Shows what other servers of this world serve on the page's own address, so that one forwarded port is enough:
 * `/checkout/<provider>/…` is a provider's pay page, and whatever the page has no use for is the shop's web.
 */
export async function registerProxies(app: FastifyInstance, world: ControlledWorld): Promise<void> {
  for (const id of providerIds) {
    const prefix = `/checkout/${id}`
    const upstream = providerOf(world, id).url
    // A pay page names itself in its redirects.
    const rewriteHeaders = (headers: object) => ({
      ...headers,
      ...('location' in headers ? { location: String(headers.location).replace(/^\/pay\//, `${prefix}/`) } : {}),
    })
    await app.register(httpProxy, { upstream, prefix, rewritePrefix: '/pay', replyOptions: { rewriteHeaders } })
  }
  await app.register(httpProxy, { upstream: world.webUrl })
}
