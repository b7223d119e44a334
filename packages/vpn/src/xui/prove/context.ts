import {
  type AccountId,
  type AccountSpec,
  addDays,
  type Clock,
  type DriverKind,
  type EndpointConfig,
  randomText,
  type VpnDriver,
} from '@vpn-kiosk/domain'
import { createXuiKind } from '../kind.ts'
import { openPanelAdmin, type PanelAdmin } from './panel-admin.ts'
import { demand, type Proof, until } from './steps.ts'
import { openTunnel, type Tunnel } from './tunnel.ts'

export interface ProofWish {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** The panel's subscription address, with the slash at its end. */
  readonly subscriptionUrl: string
  readonly xrayPath: string
  readonly page: string
}

/** A panel, its admin, and the customers that a proof sends through it. */
export interface ProofContext extends ProofWish {
  readonly proof: Proof
  readonly kind: DriverKind
  readonly clock: Clock
  readonly admin: PanelAdmin
  newSpec(): AccountSpec
  configFor(inboundIds: readonly number[]): EndpointConfig
  open(inboundIds: readonly number[]): VpnDriver
  withTunnel<T>(link: string, work: (tunnel: Tunnel) => Promise<T>): Promise<T>
  /** Waits until a page comes through; says how long that took. */
  opens(link: string): Promise<string>
  closes(link: string): Promise<string>
  /** The panel's links for the account, made by the panel itself. */
  panelLinks(spec: AccountSpec): Promise<string[]>
}

export async function createProofContext(wish: ProofWish, proof: Proof): Promise<ProofContext> {
  const kind = createXuiKind()
  const clock = { now: () => new Date() }
  const admin = await openPanelAdmin({ settings: wish.settings, secrets: wish.secrets })
  const configFor = (inboundIds: readonly number[]) =>
    kind.parse({ settings: { ...wish.settings, inboundIds }, secrets: wish.secrets })

  const withTunnel = async <T>(link: string, work: (tunnel: Tunnel) => Promise<T>): Promise<T> => {
    const tunnel = await openTunnel(wish.xrayPath, link)
    try {
      return await work(tunnel)
    } finally {
      await tunnel.close()
    }
  }
  const canFetch = (link: string): Promise<boolean> =>
    withTunnel(link, (tunnel) => tunnel.fetch(wish.page).then(isFull, () => false))

  return {
    ...wish,
    proof,
    kind,
    clock,
    admin,
    newSpec: () => {
      const account: AccountId = `vk-${randomText(12)}`
      return {
        account,
        secrets: kind.mintSecrets(),
        address: null,
        enabled: true,
        expiresAt: addDays(clock.now(), 30),
        trafficLimitBytes: 50n * 1024n ** 3n,
        deviceLimit: null,
        label: '🇳🇱 Amsterdam',
      }
    },
    configFor,
    open: (inboundIds) => kind.open(configFor(inboundIds), { clock }),
    withTunnel,
    opens: (link) => until('the link opens a connection', () => canFetch(link), 45),
    closes: (link) => until('the link is cut', async () => !(await canFetch(link))),
    panelLinks: (spec) => admin.panelLinks(spec.secrets.subId ?? '', wish.subscriptionUrl),
  }
}

const isFull = (text: string): boolean => text.length > 0

/** The links that a driver handed out for the account. */
export async function ensureLinks(driver: VpnDriver, spec: AccountSpec): Promise<string[]> {
  const { documents } = await driver.ensureAccount(spec)
  return documents.map((document) => {
    demand(document.kind === 'link', 'a document is not a link')
    return document.uri
  })
}
