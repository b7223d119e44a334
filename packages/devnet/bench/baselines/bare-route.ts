import { fastify } from 'fastify'
import pg from 'pg'

// The least that a page with facts in it can do: one route, one query by primary key.
const [connectionString = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: 10 })
const server = fastify()
server.get<{ Params: { id: string } }>('/s/:id', async ({ params }, reply) => {
  const { rows } = await pool.query('select * from subscriptions where id = $1', [params.id])
  return rows[0] ?? reply.callNotFound()
})
const url = await server.listen({ host: '127.0.0.1', port: 0 })
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)))
process.send?.({ url })
