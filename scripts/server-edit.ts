// Changes a server: `npm run server:edit -- --help`.
import type { App } from '@vpn-kiosk/app'
import type { EndpointHealth, EndpointId } from '@vpn-kiosk/domain'
import type { EndpointChange, ServerLine } from '@vpn-kiosk/shop'
import { explainFailure } from './add-server/draft.ts'
import { withApp } from './borrow-app/with-app.ts'
import { Refusal, UsageError } from './command-line/failures.ts'
import { type Outcome, runScript } from './command-line/run-script.ts'
import { confirm, isInteractive, warn } from './command-line/terminal.ts'
import { type EditFlags, editFlags, editHelp } from './server/edit-flags.ts'
import { findServer } from './server/find-server.ts'
import { readEndpointChange, readPlaceChange } from './server/read-change.ts'

await runScript({
  name: 'server:edit',
  help: editHelp,
  flags: editFlags,
  mostWords: 1,
  run: ({ typed, words: [word] }) => withApp((app) => edit(app, word, typed)),
})

async function edit(app: App, word: string | undefined, typed: EditFlags): Promise<Outcome> {
  const server = await findServer(app, word)
  const place = readPlaceChange(typed, server)
  const change = await readEndpointChange(typed)
  if (Object.keys(place).length === 0 && !change) throw new UsageError('Nothing to change was named.')
  // The endpoint is changed first, because its panel or host may refuse; then nothing has been saved.
  const endpoint = change ? await editEndpoint(app, readEndpoint(server, typed), change) : null
  const outcome = Object.keys(place).length > 0 ? await editPlace(app, server, place) : null
  const lines = [
    ...(endpoint ? [`✓ The way in is saved (${endpoint.kind === 'up' ? 'up' : `degraded: ${endpoint.reason}`})`] : []),
    ...(outcome ? [`✓ ${server.name} is ${outcome}`] : []),
  ]
  return { lines, json: { kind: 'updated', server: outcome, endpoint } }
}

async function editPlace({ shop }: App, { id, name }: ServerLine, change: Parameters<App['shop']['updateServer']>[2]) {
  const result = await shop.updateServer('operator', id, change)
  switch (result.kind) {
    case 'updated':
    case 'unchanged':
      return result.kind
    case 'name_taken':
      throw new Refusal(`A server called ${change.name} exists already: choose another --name.`)
    case 'invalid':
      throw new UsageError(`--${result.field} is not right (see --help).`)
    case 'unknown_server':
      throw new Refusal(`${name} has just been deleted by somebody else.`)
    case 'forbidden':
      throw new Refusal('The shop does not permit this.')
  }
}

function readEndpoint({ name, endpoints }: ServerLine, { endpoint }: EditFlags): EndpointId {
  const [only, ...others] = endpoints
  if (endpoint !== undefined) {
    const named = endpoints.find(({ id }) => id === endpoint)
    if (!named) throw new UsageError(`--endpoint: ${name} has no way in ${endpoint}.`)
    return named.id
  }
  if (!only) throw new Refusal(`${name} has no way in.`)
  if (others.length > 0)
    throw new UsageError(
      `Missing: --endpoint, one of ${endpoints.map(({ id, driver }) => `${id} (${driver})`).join(', ')}.`,
    )
  return only.id
}

async function editEndpoint(app: App, id: EndpointId, change: EndpointChange): Promise<EndpointHealth> {
  const result = await app.shop.updateEndpoint('operator', id, change)
  switch (result.kind) {
    case 'updated':
      return result.health
    case 'changed_meanwhile':
      throw new Refusal('Somebody else has just changed it: look again.')
    case 'unknown_endpoint':
      throw new Refusal('It has just been deleted by somebody else.')
    case 'same_panel':
      throw new Refusal(`${result.serverName} has this panel or host already.`)
    default:
      if ('fingerprint' in result && result.fingerprint && isInteractive() && !change.settings?.pinnedCertificate) {
        warn(`Nobody vouches for the certificate. Its SHA-256 is ${result.fingerprint}.`)
        if (await confirm('Is it the certificate of your panel?'))
          return editEndpoint(app, id, {
            ...change,
            settings: { ...change.settings, pinnedCertificate: result.fingerprint },
          })
      }
      throw explainFailure(result)
  }
}
