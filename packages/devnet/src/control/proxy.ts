import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ControlledWorld, providerIds, providerOf } from './world.ts'

/**
 * Shows what other servers of this world serve on the page's own address, so that one forwarded port is enough:
 * `/checkout/<provider>/…` is a provider's pay page, and whatever the page has no use for is the shop's web.
 */
export function registerProxies(app: FastifyInstance, world: ControlledWorld): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  for (const id of providerIds) {
    const prefix = `/checkout/${id}/`
    app.all(`${prefix}*`, async (request, reply) => {
      const target = `${providerOf(world, id).url}/pay/${request.url.slice(prefix.length)}`
      return forward(request, reply, { target, place: (path) => path.replace(/^\/pay\//, prefix) })
    })
  }
  app.all('/*', async (request, reply) =>
    forward(request, reply, { target: world.webUrl + request.url, place: (path) => path }),
  )
}

interface Route {
  readonly target: string
  /** Where a path that the other server names is found here. */
  readonly place: (path: string) => string
}

const passedOn = ['accept', 'accept-language', 'content-type', 'user-agent', 'cookie']
const handedBack =
  /^(content-type|content-disposition|cache-control|set-cookie|content-security-policy|profile-|subscription-)/

async function forward(request: FastifyRequest, reply: FastifyReply, { target, place }: Route): Promise<FastifyReply> {
  const headers = passedOn.flatMap((name) => {
    const value = request.headers[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  })
  const body = request.body instanceof Uint8Array ? request.body : null
  const answer = await fetch(target, { method: request.method, headers, body, redirect: 'manual' })
  for (const [name, value] of answer.headers) if (handedBack.test(name)) reply.header(name, value)
  const location = answer.headers.get('location')
  if (location !== null) reply.header('location', location.startsWith('/') ? place(location) : location)
  return reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()))
}
