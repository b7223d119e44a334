import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const folder = join(import.meta.dirname, '../page')

/** The page and its parts, as they lie in the folder. */
export function registerPage(app: FastifyInstance): void {
  app.get('/', (_request, reply) => send(reply, 'index.html'))
  app.get<{ Params: { '*': string } }>('/page/*', (request, reply) => send(reply, request.params['*']))
}

async function send(reply: FastifyReply, path: string): Promise<FastifyReply> {
  const type = types[extname(path)]
  const isPlain = /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)*\.[a-z]+$/.test(path)
  const bytes = type && isPlain ? await readFile(join(folder, path)).catch(() => null) : null
  if (!type || bytes === null) return reply.code(404).send({ error: { kind: 'missing', message: `no ${path}` } })
  return reply.type(type).header('cache-control', 'no-cache').send(bytes)
}
