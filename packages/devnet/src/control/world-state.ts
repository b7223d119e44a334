import { listLanguages } from '@vpn-kiosk/i18n'
import { type BotName, cast } from '../cast.ts'
import type { SimulatedInvoice } from '../providers/invoice-book.ts'
import { readOwners } from './read-owners.ts'
import { type ControlledWorld, providerIds, providerOf, type SimulatedProviderId, type Switches } from './world.ts'

/** What the page's bar shows. `true` = works. */
export interface WorldState extends Switches {
  /** ISO 8601, by the world's clock. */
  readonly now: string
  readonly counts: { readonly accounts: number; readonly peers: number; readonly openInvoices: number }
}

export function readState(world: ControlledWorld, switches: Switches): WorldState {
  return {
    ...switches,
    now: world.clock.now().toISOString(),
    counts: {
      accounts: panelsOf(world)
        .flatMap(({ panel }) => panel.accounts())
        .filter(({ email }) => email !== handmadeClient).length,
      peers: world.wireguard.peers().filter(({ account }) => account !== null).length,
      openInvoices: readInvoices(world).filter(({ status }) => status === 'pending').length,
    },
  }
}

const faceOf = (bot: BotName) => ({ username: cast.bots[bot].username, name: cast.bots[bot].name })

/** What does not change while the world lives: who plays which part, and where things are reached. */
export function readStage(world: ControlledWorld) {
  return {
    bots: { client: faceOf('client'), support: faceOf('support'), admin: faceOf('admin') },
    people: cast.people,
    supportGroup: cast.supportGroup,
    languages: listLanguages(),
    /** The shop's: whatever shows a time shows it in this zone. */
    timeZone: world.app.config.shop.timeZone,
    panels: panelsOf(world).map(({ role, panel: { url, username, password, token } }) => ({
      role,
      url,
      username,
      password,
      token,
    })),
    wireguard: { url: world.wireguard.url },
    addresses: {
      web: world.webUrl,
      ...Object.fromEntries(providerIds.map((id) => [id, providerOf(world, id).url])),
    },
  }
}

/** The panels' clients, the newest first, each with its customer and with whether Xray would let it in; `isOurs`: not the one that a person made by hand. */
export async function readAccounts(world: ControlledWorld) {
  const owners = await readOwners(world)
  return panelsOf(world).flatMap(({ role, panel }) =>
    panel
      .accounts()
      .reverse()
      .map((account) => ({
        ...account,
        panel: role,
        owner: owners.get(account.email) ?? null,
        canConnect: panel.canConnect(account.uuid),
        entries: panel.countEntries(account.email),
        isOurs: account.email !== handmadeClient,
      })),
  )
}

const handmadeClient = 'admin-phone'

/** `main` is sold from the start; `spare` waits for whoever adds it in the admin bot. */
export const panelsOf = ({ panel, sparePanel }: Pick<ControlledWorld, 'panel' | 'sparePanel'>) => [
  { role: 'main', panel } as const,
  { role: 'spare', panel: sparePanel } as const,
]

export async function readPeers(world: ControlledWorld) {
  const owners = await readOwners(world)
  return world.wireguard.peers().map(({ account, publicKey, address, receivedBytes, sentBytes, lastHandshakeAt }) => ({
    account,
    owner: owners.get(account ?? '') ?? null,
    publicKey,
    address,
    uploadBytes: Number(receivedBytes),
    downloadBytes: Number(sentBytes),
    lastHandshakeAt,
  }))
}

export type SeenInvoice = SimulatedInvoice & { readonly provider: SimulatedProviderId }

/** All providers' invoices, the newest first. */
export function readInvoices(world: ControlledWorld): SeenInvoice[] {
  return providerIds
    .flatMap((provider) =>
      providerOf(world, provider)
        .listInvoices()
        .map((invoice) => ({ ...invoice, provider })),
    )
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
}
