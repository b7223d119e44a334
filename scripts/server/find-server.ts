import type { App } from '@vpn-kiosk/app'
import type { ServerLine } from '@vpn-kiosk/shop'
import { Refusal, UsageError } from '../command-line/failures.ts'

/** Every server of the shop. */
export async function listServers({ shop }: App): Promise<readonly ServerLine[]> {
  const seen = await shop.listServers('operator')
  if (seen.kind === 'forbidden') throw new Refusal('The shop does not permit this.')
  return seen.value
}

/** The server with this name or id. Throws a Refusal that lists the existing servers when there is none. */
export async function findServer(app: App, word: string | undefined): Promise<ServerLine> {
  if (!word) throw new UsageError('Missing: the name of a server.')
  const servers = await listServers(app)
  const server = servers.find(({ id, name }) => id === word || name === word)
  if (server) return server
  const names = servers.map(({ name }) => name).join(', ')
  throw new Refusal(`There is no server called ${word}. There ${names ? `are: ${names}` : 'is none'}.`)
}
