import { readdirSync, readFileSync } from 'node:fs'
import { type AccountSpec, EndpointUnreachable } from '@vpn-kiosk/domain'
import { describe, expect, test } from 'vitest'
import { accountCredentials } from './account-credentials.ts'
import type { AccountStore } from './account-store.ts'
import { createLegacyAccounts } from './legacy-accounts.ts'
import { createModernAccounts, type ModernPanel } from './modern-accounts.ts'
import { PanelRefusal, readEnvelope } from './panel-answers.ts'
import type { PanelSession } from './panel-session.ts'
import { inboundListSchema, readAs, serverStatusSchema } from './wire.ts'

/** What real panels answered, one file a call; keys are throwaway or blanked. */
interface Recording {
  readonly request: string
  readonly status: number
  readonly body: unknown
}

const clock = { now: () => new Date('2027-01-01T00:00:00Z') }
const folder = new URL('./fixtures/', import.meta.url)
const read = (version: string, name: string): Recording =>
  JSON.parse(readFileSync(new URL(`${version}/${name}.json`, folder), 'utf8'))
const openEnvelope = ({ status, body }: Recording) =>
  readEnvelope({
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    cookies: [],
    panelTime: null,
    location: null,
  })
const refusalOf = (recording: Recording): PanelRefusal => {
  try {
    openEnvelope(recording)
  } catch (error) {
    if (error instanceof PanelRefusal) return error
    throw error
  }
  throw new Error(`${recording.request} was not refused`)
}

/** The call for one row of the counters answers what the list says beside the client. */
function trafficOf(list: Recording): Recording[] {
  const rows = openEnvelope(list) as { readonly email: string; readonly traffic: unknown }[]
  return rows.map(({ email, traffic }) => ({
    request: `GET panel/api/clients/traffic/${email}`,
    status: 200,
    body: { success: true, msg: '', obj: traffic },
  }))
}

/** A panel that repeats what it was recorded to say, and takes no writes. */
function replay(version: string, instead: Recording[] = []): PanelSession {
  const recorded = readdirSync(new URL(`${version}/`, folder))
    .filter((file) => !file.includes('after-add-again'))
    .map((file) => read(version, file.replace('.json', '')))
  const recordings = [
    ...instead,
    ...recorded.filter(({ request }) => !instead.some((other) => other.request === request)),
    ...recorded.filter(({ request }) => request === 'GET panel/api/clients/list').flatMap(trafficOf),
  ]
  return {
    async call({ method, path }) {
      const recording = recordings.find(({ request, status }) => request === `GET ${path}` && status === 200)
      if (method !== 'GET' || recording === undefined) throw new Error(`nothing recorded for ${method} ${path}`)
      return openEnvelope(recording)
    },
    panelTime: () => null,
    close: () => undefined,
  }
}

const spec: AccountSpec = {
  account: 'vk-0fixture0account',
  secrets: { uuid: '5d9c1a52-3f6e-4d0b-9d2a-6f1f4a2b7c11', subId: 'fixturesubid0001' },
  address: null,
  enabled: true,
  expiresAt: new Date(1_893_456_000_000),
  trafficLimitBytes: 107_374_182_400n,
  deviceLimit: 3,
  label: 'Amsterdam',
}

const panels = [
  { version: '2.8.11', panelVersion: undefined, create: createLegacyAccounts, traits: {} },
  { version: '3.0.2', panelVersion: undefined, create: createLegacyAccounts, traits: {} },
  { version: '3.2.8', panelVersion: '3.2.8', create: createModernAccounts, traits: { appendsDuplicates: true } },
  { version: '3.6.0', panelVersion: '3.6.0', create: createModernAccounts, traits: {} },
]

/** A panel of this version behind a public name, with these inbounds chosen. */
const panelOf = (session: PanelSession, inboundIds: number[], traits: Partial<ModernPanel> = {}): ModernPanel => ({
  session,
  settings: { url: 'https://panel.example/', inboundIds, restartsToDrop: true, timeoutMs: 1 },
  clock,
  hasManagedHosts: false,
  appendsDuplicates: false,
  ...traits,
})

describe.each(panels)('what panel $version answered', ({ version, panelVersion, create, traits }) => {
  const inbounds = readAs(inboundListSchema, openEnvelope(read(version, 'inbound-list')), 'list')
  const store: AccountStore = create(panelOf(replay(version), [inbounds[0]?.id ?? 0], traits))

  test('tells its version and that Xray runs', () => {
    const status = readAs(serverStatusSchema, openEnvelope(read(version, 'status')), 'status')
    expect(status.panelVersion).toBe(panelVersion)
    expect(status.xray.state).toBe('running')
  })

  test('shows the account as wished, so that nothing is written', async () => {
    const chosen = await store.ensure(spec)
    expect(chosen.working.map(({ remark, protocol }) => [remark, protocol])).toEqual([['fixture', 'vless']])
  })

  test('would be written to for any other wish', async () => {
    for (const other of [{ deviceLimit: 4 }, { enabled: false }, { expiresAt: null }, { trafficLimitBytes: null }]) {
      await expect(store.ensure({ ...spec, ...other })).rejects.toThrow(/nothing recorded for POST/)
    }
  })

  test('lists our account and not the admin’s, with its bytes', async () => {
    const [listed, ...others] = await collect(store.list())
    expect([listed?.account, listed?.enabled, listed?.differencesFrom(spec), others]).toEqual([
      spec.account,
      true,
      [],
      [],
    ])
    expect(await collect(store.usage())).toMatchObject([
      { account: spec.account, uploadBytes: 1_500n, downloadBytes: 7_000_000_001n },
    ])
  })

  test('refuses a wrong password in words, not with a status', () => {
    expect(refusalOf(read(version, 'login-refused')).reason).toMatch(/invalid username or password/i)
  })

  test('without a session is a closed door, not an answer', () => {
    const recording = read(version, 'status-without-session')
    expect([401, 404]).toContain(recording.status)
    expect(() => openEnvelope(recording)).toThrow(EndpointUnreachable)
  })
})

test('our link is the one that panel 3.6.0 made itself, but for its name', async () => {
  const inbounds = readAs(inboundListSchema, openEnvelope(read('3.6.0', 'inbound-list')), 'list')
  const settings = { url: 'http://127.0.0.1/', publicHost: 'localhost', allowPrivateHost: true }
  const [ours] = accountCredentials(spec, { present: inbounds, working: inbounds, problems: [] }, settings).documents
  const [theirs] = openEnvelope(read('3.6.0', 'client-links')) as string[]
  expect(ours).toEqual({ kind: 'link', uri: theirs?.replace(/#.*$/, '#Amsterdam') })
})

test('an entry doubled by a repeated add is seen, and taken away', async () => {
  const legacy = read('3.0.2', 'inbound-list-after-add-again')
  const id = readAs(inboundListSchema, openEnvelope(legacy), 'list')[0]?.id ?? 0
  await expect(createLegacyAccounts(panelOf(replay('3.0.2', [legacy]), [id])).ensure(spec)).rejects.toThrow(
    /POST .*delClient/,
  )
  const modern = read('3.2.8', 'inbound-get-after-add-again')
  const session = replay('3.2.8', [modern])
  const modernId = Number(modern.request.split('/').at(-1))
  const doubling = panelOf(session, [modernId], { appendsDuplicates: true })
  await expect(createModernAccounts(doubling).ensure(spec)).rejects.toThrow(
    /POST .*del\/vk-0fixture0account\?keepTraffic=1/,
  )
})

test('panels refuse what the driver must know about', () => {
  expect(refusalOf(read('2.8.11', 'client-add-again')).reason).toMatch(/\(Duplicate email: vk-0fixture0account\)$/)
  expect(refusalOf(read('3.0.2', 'client-remove-unknown')).says('not found')).toBe(true)
  for (const version of ['2.8.11', '3.0.2']) {
    expect(refusalOf(read(version, 'client-remove-last')).says('no client remained in Inbound')).toBe(true)
    expect(refusalOf(read(version, 'client-update-unknown')).says('empty client ID')).toBe(true)
  }
  for (const version of ['3.2.8', '3.6.0']) {
    expect(refusalOf(read(version, 'client-add-other-sub-id')).says('email already in use')).toBe(true)
    expect(refusalOf(read(version, 'client-get-unknown')).says('record not found')).toBe(true)
    expect(refusalOf(read(version, 'client-remove-unknown')).reason).toMatch(/not found/)
    expect(refusalOf(read(version, 'client-update-bad-type')).says('cannot unmarshal')).toBe(true)
  }
})

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
