import {
  type AccountId,
  type AccountSpec,
  addDays,
  addMs,
  EndpointRefused,
  EndpointUnreachable,
  randomText,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import { ensureLinks, type ProofContext } from './context.ts'
import { demand, until } from './steps.ts'

const gigabyte = 1024n ** 3n

/** An account's whole life on one inbound that has no clients yet: made, used, renewed, cut, reissued, removed. */
export async function proveLife(context: ProofContext, inboundId: number): Promise<void> {
  const life = openLife(context, inboundId)
  await proveMaking(life)
  await proveRenewing(life)
  await proveEnding(life)
}

/** One account while it is proved. */
interface Life extends ProofContext {
  readonly inboundId: number
  readonly driver: VpnDriver
  readonly spec: AccountSpec
  /** The email of a client that is not ours. */
  readonly foreign: string
  /** The account's link since it was first made; '' until then. */
  link: string
  /** Writes the account and gives its first link. */
  ensure(wish: AccountSpec): Promise<string>
  /** Bytes that the account has used, in both directions. */
  usageOf(account: AccountId): Promise<bigint>
  isListed(account: string): Promise<boolean>
}

function openLife(context: ProofContext, inboundId: number): Life {
  const driver = context.open([inboundId])
  return {
    ...context,
    inboundId,
    driver,
    spec: context.newSpec(),
    foreign: `admin-${randomText(8)}`,
    link: '',
    ensure: async (wish) => (await ensureLinks(driver, wish))[0] ?? '',
    async usageOf(account) {
      for await (const row of driver.readUsage())
        if (row.account === account) return row.uploadBytes + row.downloadBytes
      return 0n
    },
    async isListed(account) {
      for await (const state of driver.listAccounts()) if (state.account === account) return true
      return false
    },
  }
}

/** The account is made, removed and made again, and is there once whatever happens. */
async function proveMaking(life: Life): Promise<void> {
  const { proof, driver, admin, spec, inboundId, newSpec, ensure, isListed, opens, closes } = life
  await proof.step('an account is made and its link opens a connection', async () => {
    life.link = await ensure(spec)
    return opens(life.link)
  })
  await proof.step('the last client of an inbound is removed', async () => {
    await driver.removeAccount(spec.account)
    demand(!(await isListed(spec.account)), 'it is still listed')
    return `cut in ${await closes(life.link)}`
  })
  await proof.step('the removed account is made again', async () => opens(await ensure(spec)))
  await proof.step('a second and a third ensure change nothing', async () => {
    demand((await ensure(spec)) === life.link && (await ensure(spec)) === life.link, 'the link changed')
    const entries = await admin.findClients(inboundId, spec.account)
    demand(entries.length === 1, `${entries.length} entries`)
    return undefined
  })
  await proof.step('an add repeated behind our back is mended', async () => {
    await admin.repeatAdd(inboundId, spec.account)
    const before = (await admin.findClients(inboundId, spec.account)).length
    await ensure(spec)
    const after = (await admin.findClients(inboundId, spec.account)).length
    demand(after === 1, `${after} entries`)
    await opens(life.link)
    return `${before} before, ${after} after`
  })
  await proof.step('eight accounts at once are all there', async () => {
    const many = Array.from({ length: 8 }, newSpec)
    const links = await Promise.all(many.map(ensure))
    for (const one of many)
      demand((await admin.findClients(inboundId, one.account)).length === 1, `${one.account} is not there once`)
    await opens(links.at(-1) ?? '')
    await Promise.all(many.map((one) => driver.removeAccount(one.account)))
    return undefined
  })
}

/** Usage is counted, and a renewal forgets none of it. */
async function proveRenewing(life: Life): Promise<void> {
  const {
    link,
    proof,
    admin,
    spec,
    inboundId,
    foreign,
    clock,
    ensure,
    usageOf,
    isListed,
    opens,
    closes,
    withTunnel,
    page,
  } = life
  await proof.step('usage is counted', async () => {
    await withTunnel(link, (tunnel) => tunnel.fetch(new URL('big.txt', page).href))
    const took = await until('usage shows', async () => (await usageOf(spec.account)) > 400_000n)
    return `${await usageOf(spec.account)} bytes after ${took}`
  })
  await proof.step('a renewal keeps the counters, the admin’s comment and the connection', async () => {
    await admin.addClient(inboundId, foreign)
    await admin.comment(inboundId, spec.account, 'a good customer')
    const before = await usageOf(spec.account)
    await ensure({ ...spec, expiresAt: addDays(clock.now(), 60), trafficLimitBytes: 100n * gigabyte })
    const [client] = await admin.findClients(inboundId, spec.account)
    demand(client?.comment === 'a good customer', `the comment is ${String(client?.comment)}`)
    demand((await usageOf(spec.account)) >= before, 'counters were reset')
    demand(!(await isListed(foreign)), 'a foreign client is listed')
    return opens(link)
  })
  await proof.step('used-up traffic cuts, more traffic opens again, nothing is forgotten', async () => {
    await ensure({ ...spec, trafficLimitBytes: 100_000n })
    const cut = await closes(link)
    const before = await usageOf(spec.account)
    await ensure(spec)
    const opened = await opens(link)
    demand((await usageOf(spec.account)) >= before, 'counters were reset')
    return `cut in ${cut}, open in ${opened}`
  })
}

/** The account is cut for each reason there is, opens again, and goes. */
async function proveEnding(life: Life): Promise<void> {
  const { link, proof, driver, admin, spec, inboundId, foreign, clock, kind, ensure, isListed, opens, closes } = life
  await proof.step('disabling cuts, enabling opens', async () => {
    await ensure({ ...spec, enabled: false })
    const cut = await closes(link)
    await ensure(spec)
    return `cut in ${cut}, open in ${await opens(link)}`
  })
  await proof.step('the end of time cuts, a renewal opens', async () => {
    await ensure({ ...spec, expiresAt: addMs(clock.now(), 3_000) })
    const cut = await closes(link)
    await ensure({ ...spec, expiresAt: addMs(clock.now(), -60_000) })
    await ensure(spec)
    return `cut in ${cut}, open in ${await opens(link)}`
  })
  await proof.step('new secrets work and the old ones do not', async () => {
    await opens(await ensure({ ...spec, secrets: kind.mintSecrets() }))
    return `the old link is cut in ${await closes(link)}`
  })
  await proof.step('a removed account is cut, gone, and may be removed again', async () => {
    await driver.removeAccount(spec.account)
    await driver.removeAccount(spec.account)
    demand(!(await isListed(spec.account)), 'it is still listed')
    demand((await admin.findClients(inboundId, foreign)).length === 1, 'a foreign client is gone')
    return undefined
  })
}

/** What a seller meets who adds the panel: its description, its health, and clear refusals. */
export async function proveDiscovery(context: ProofContext, inboundId: number): Promise<void> {
  const { proof, kind, clock } = context
  const config = context.configFor([inboundId])
  const failure = (other: Partial<typeof config>) =>
    kind
      .open({ ...config, ...other }, { clock })
      .probe()
      .catch((reason: unknown) => reason)

  await proof.step('the panel is described', async () => JSON.stringify((await kind.discover(config)).facts))
  await proof.step('its health is read', async () => JSON.stringify(await kind.open(config, { clock }).probe()))
  await proof.step('wrong credentials are refused', async () => {
    const error = await failure({ secrets: 'token' in config.secrets ? { token: 'wrong' } : { password: 'wrong' } })
    demand(error instanceof EndpointRefused, `it was ${String(error)}`)
    return error.message
  })
  await proof.step('an address where nothing listens is unreachable', async () => {
    const error = await failure({ settings: { ...config.settings, url: 'http://127.0.0.1:9/' } })
    demand(error instanceof EndpointUnreachable, `it was ${String(error)}`)
    return error.message
  })
}
