// Lists the servers: `npm run server:list -- --help`.
import type { EndpointLine, ServerLine } from '@vpn-kiosk/shop'
import { withApp } from './borrow-app/with-app.ts'
import { runScript } from './command-line/run-script.ts'
import { listServers } from './server/find-server.ts'

const help = `
Usage: npm run server:list [-- --json]

Lists the servers with their load, and their ways in with what the last probe found.

  --json  print the list as one JSON value
`

await runScript({
  name: 'server:list',
  help,
  flags: {},
  run: () =>
    withApp(async (app) => {
      const servers = await listServers(app)
      const lines = servers.length === 0 ? ['There is none: npm run add-server -- --help'] : servers.flatMap(describe)
      return { lines, json: { servers } }
    }),
})

function describe({
  id,
  name,
  country,
  city,
  host,
  state,
  accesses,
  capacity,
  behind,
  endpoints,
}: ServerLine): string[] {
  const load = `${accesses} of ${capacity}${behind > 0 ? `, ${behind} being set up` : ''}`
  return [`${name} (${id}): ${country} ${city}, ${host}; ${state}; ${load}`, ...endpoints.map(describeEndpoint)]
}

function describeEndpoint({ id, driver, protocol, health, healthReason, version }: EndpointLine): string {
  const found = [health, version, healthReason].filter(Boolean).join(', ')
  return `  ${driver} ${protocol} (${id}): ${found}`
}
