import { requireSecretKeys } from '@vpn-kiosk/app'
import { EndpointEntity, type EndpointRow, ServerEntity, type ServerRow } from '@vpn-kiosk/db'
import { type Clock, EndpointRefused, EndpointUnreachable, isBefore } from '@vpn-kiosk/domain'
import { createEndpointPool, createVault, type EndpointPool } from '@vpn-kiosk/shop'
import { driverKinds } from '@vpn-kiosk/vpn'
import { describeError } from '../command-line/describe-error.ts'
import { type Check, type Finding, fine, nextStep, notSet, wrong } from './finding.ts'
import { withinLimit } from './within-limit.ts'

const name = 'servers'
/** Just under the limit of the whole check, so that one endpoint that hangs does not hide the others. */
const eachLimitMs = 9_000

/** Probes each endpoint in service: one finding for each. Nothing is stored. */
export const serversCheck: Check = {
  name,
  examine: async ({ config, clock, database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    if (config.secretKey === null) return [notSet(name, 'not looked at: SECRET_KEY is not set')]
    const em = database.db.em()
    const servers = await em.find(ServerEntity, {}, { orderBy: { createdAt: 'asc' } })
    const endpoints = await em.find(EndpointEntity, {}, { orderBy: { createdAt: 'asc' } })
    if (servers.length === 0)
      return [
        nextStep(name, 'there is none to give access on yet', 'npm run add-server -- --help, or in the admin bot'),
      ]
    const vault = createVault(requireSecretKeys(config))
    const pool = createEndpointPool({ drivers: driverKinds, vault, clock })
    try {
      const examined = servers.map((server) => examineServer(server, endpoints, { pool, clock }))
      return (await Promise.all(examined)).flat()
    } finally {
      await pool.close()
    }
  },
}

interface Look {
  readonly pool: EndpointPool
  readonly clock: Clock
}

async function examineServer(server: ServerRow, all: readonly EndpointRow[], look: Look): Promise<Finding[]> {
  if (server.state === 'disabled') return [notSet(`server ${server.name}`, 'disabled, not asked')]
  const own = all.filter(({ serverId }) => serverId === server.id)
  if (own.length === 0) return [wrong(`server ${server.name}`, 'has no way in', 'add it anew in the admin bot')]
  const examined = own.map((endpoint) => {
    const line = `server ${server.name} (${endpoint.driver})`
    return withinLimit(line, async () => [await examineEndpoint(line, endpoint, look)], eachLimitMs)
  })
  return (await Promise.all(examined)).flat()
}

async function examineEndpoint(line: string, endpoint: EndpointRow, { pool, clock }: Look): Promise<Finding> {
  if (endpoint.restsUntil && isBefore(clock.now(), endpoint.restsUntil))
    return wrong(
      line,
      `refuses: ${endpoint.restReason}`,
      'mend its credentials; it is left alone for a while meanwhile',
    )
  try {
    const health = await pool.open(endpoint).probe()
    if (health.kind === 'degraded') return wrong(line, health.reason, 'look at the server itself')
    return fine(line, `version ${health.version}${health.online === null ? '' : `, ${health.online} online`}`)
  } catch (error) {
    if (error instanceof EndpointRefused) {
      return wrong(line, `refuses: ${error.message}`, 'mend its credentials or settings')
    }
    if (error instanceof EndpointUnreachable) {
      return wrong(line, `no answer: ${error.message}`, 'check that it runs and that its firewall lets this machine in')
    }
    return wrong(line, describeError(error), 'if SECRET_KEY is fine, add the server anew')
  }
}
