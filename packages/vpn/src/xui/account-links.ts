import type { AccountSpec, Credentials } from '@vpn-kiosk/domain'
import { vlessFlow, vlessLinks, withRemark } from '../documents/share-link.ts'
import type { XuiSettings } from './config.ts'
import type { WireInbound } from './wire.ts'

/** What the customer gets for one account on the chosen inbounds, in their order. */
export function accountCredentials(
  spec: AccountSpec,
  inbounds: readonly WireInbound[],
  settings: XuiSettings,
): Credentials {
  const { uuid = '', subId = '' } = spec.secrets
  const links = inbounds.flatMap((inbound) =>
    vlessLinks({ ...inbound, host: linkHost(inbound, settings) }, { uuid, subId, flow: vlessFlow(inbound) }).map(
      (link) => ({
        uri: link.uri,
        hint: link.remark || inbound.remark || `${inbound.port}`,
      }),
    ),
  )
  const remark = (hint: string) => (links.length > 1 ? `${spec.label} · ${hint}` : spec.label)
  return { documents: links.map(({ uri, hint }) => ({ kind: 'link', uri: withRemark(uri, remark(hint)) })) }
}

/** The panel's order: a custom share address, an address that the inbound listens on, the panel's own host. */
function linkHost(inbound: WireInbound, settings: XuiSettings): string {
  if (settings.publicHost !== undefined) return settings.publicHost
  if (inbound.shareAddrStrategy === 'custom' && inbound.shareAddr?.trim()) return inbound.shareAddr.trim()
  if (isRoutable(inbound.listen)) return inbound.listen
  return new URL(settings.url).hostname
}

/** Sockets, "everything" and loopback are no address for a customer. */
const isRoutable = (listen: string): boolean =>
  listen !== '' && !/^[@/]/.test(listen) && !/^(0\.0\.0\.0|::0?|localhost|127\..*|::1)$/.test(listen)
