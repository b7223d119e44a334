import type { FastifyInstance } from 'fastify'
import type { Problems } from '../problems.ts'
import type { WebShop } from '../web-deps.ts'

/** `GET /logo`: the shop's logo for its pages. */
export function logoRoute(
  server: FastifyInstance,
  { shop, problems }: { shop: Pick<WebShop, 'getShopLogo'>; problems: Problems },
): void {
  server.get('/logo', async (request, reply) => {
    const png = await shop.getShopLogo()
    if (!png) return problems.answer(request, reply, 404)
    return reply.header('cache-control', 'public, max-age=86400').type('image/png').send(Buffer.from(png))
  })
}
