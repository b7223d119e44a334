// Adds a server to sell access on: `npm run add-server -- --help`.
import { type App, type Environment, loadEnvironment } from '@vpn-kiosk/app'
import type { EndpointProblem } from '@vpn-kiosk/domain'
import type { AddServerResult } from '@vpn-kiosk/shop'
import { type Examined, explainFailure, listSoldProblems, present } from './add-server/draft.ts'
import { examineWireguard } from './add-server/examine-wireguard.ts'
import { examineXui } from './add-server/examine-xui.ts'
import { type AddServerFlags, flags, help } from './add-server/flags.ts'
import { withApp } from './borrow-app/with-app.ts'
import { Refusal, UsageError } from './command-line/failures.ts'
import { requireValues } from './command-line/require-values.ts'
import { type Outcome, runScript } from './command-line/run-script.ts'
import { warn } from './command-line/terminal.ts'

const examiners = { xui: examineXui, wireguard: examineWireguard }
type Driver = keyof typeof examiners

await runScript({
  name: 'add-server',
  help,
  flags,
  mostWords: 1,
  run: async ({ typed, words: [word] }) => {
    const driver = readDriver(word)
    assertOwnSecrets(typed)
    const place = typed['dry-run'] ? null : await readPlace(typed)
    return withApp((app) => addServer(app, { driver, typed, place, environment: loadEnvironment() }))
  },
})

interface Order {
  readonly driver: Driver
  readonly typed: AddServerFlags
  /** Null: the server is examined and nothing is saved. */
  readonly place: Place | null
  readonly environment: Environment
}

async function addServer({ shop }: App, { driver, typed, place, environment }: Order): Promise<Outcome> {
  const examined = await examiners[driver](typed, environment, (draft) => shop.discoverEndpoint('operator', draft))
  if (!place) return describeFound(examined)
  for (const line of factLines(examined)) warn(line)
  const host = typed.host ?? examined.host
  const result = await shop.addServer('operator', { ...examined.draft, ...place, host })
  return describeResult(result, place.name, listSoldProblems(examined))
}

function readDriver(word: string | undefined): Driver {
  const known = Object.keys(examiners) as Driver[]
  const driver = known.find((one) => one === word)
  if (!driver) throw new UsageError(`Missing: the kind of server, one of ${known.join(', ')}.`)
  return driver
}

function assertOwnSecrets(typed: AddServerFlags): void {
  if (typed['password-stdin'] && typed['token-stdin']) {
    throw new UsageError('--password-stdin and --token-stdin exclude one another: there is one stdin.')
  }
}

type Place = Awaited<ReturnType<typeof readPlace>>

async function readPlace(typed: AddServerFlags) {
  const values = await requireValues([
    { flag: 'name', question: 'Name of the server', typed: typed.name },
    { flag: 'country', question: 'Country, two letters', typed: typed.country },
    { flag: 'city', question: 'City', typed: typed.city },
    { flag: 'capacity', question: 'How many accesses it may hold', typed: typed.capacity },
  ])
  const capacity = /^\d{1,7}$/.test(values.capacity) ? Number(values.capacity) : 0
  const cityTitles = present({ ru: typed['city-ru'], en: typed['city-en'] })
  return { name: values.name, country: values.country, city: values.city, cityTitles, capacity }
}

function factLines({ discovery }: Examined): string[] {
  return Object.entries(discovery.facts).map(([name, value]) => `– ${name}: ${value}`)
}

/** Warnings about what will not work with the present settings, in the driver's words. */
function problemLines(problems: readonly EndpointProblem[]): string[] {
  return problems.map(({ code, detail }) => `! ${detail}: ${code.replaceAll('_', ' ')}`)
}

function describeFound(examined: Examined): Outcome {
  const { facts, choices, found, problems } = examined.discovery
  const choiceLines = choices.map(({ setting, value, label }) => `  ${setting} ${value}: ${label}`)
  return {
    lines: [
      ...factLines(examined),
      ...choiceLines,
      ...problemLines(problems),
      '✓ The connection works; nothing was saved',
    ],
    json: { kind: 'found', facts, choices, found, problems },
  }
}

type Added = Extract<AddServerResult, { readonly kind: 'added' }>

/** The probe asks the panel; only the discovery dials where customers connect to. A tick means that both found nothing. */
function describeAdded({ serverId, health }: Added, name: string, problems: readonly EndpointProblem[]): Outcome {
  const isFine = health.kind === 'up' && problems.length === 0
  const state = health.kind === 'up' ? `version ${health.version}` : `degraded: ${health.reason}`
  const lines = isFine
    ? [`✓ ${name} is added and up (${serverId}; ${state})`]
    : [`! ${name} is added, but not all of it works for customers (${serverId}; ${state})`, ...problemLines(problems)]
  return { lines, json: { kind: 'added', serverId, health, problems } }
}

function describeResult(result: AddServerResult, name: string, problems: readonly EndpointProblem[]): Outcome {
  switch (result.kind) {
    case 'added':
      return describeAdded(result, name, problems)
    case 'name_taken':
      throw new Refusal(`A server called ${name} exists already: choose another --name.`)
    case 'same_panel':
      throw new Refusal(`${result.serverName} has this panel or host already: nothing was saved.`)
    case 'invalid':
      throw new UsageError(`--${result.field} is not right (see --help); nothing was saved.`)
    default:
      throw explainFailure(result)
  }
}
