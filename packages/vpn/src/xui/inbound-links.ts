import { bareHost, isDialable } from '../dialable-host.ts'
import { type ShareLink, vlessFlow, vlessLinks } from '../documents/share-link.ts'
import type { XuiSettings } from './settings.ts'
import type { WireInbound } from './wire.ts'

export type LinkSettings = Pick<XuiSettings, 'url' | 'publicHost' | 'allowPrivateHost'>

const nobody = { uuid: '', subId: '' }

/** The links of one client on one inbound, those alone that customers can dial; without a client, as a pattern. */
export function inboundLinks(
  inbound: WireInbound,
  settings: LinkSettings,
  client: { readonly uuid: string; readonly subId: string } = nobody,
): ShareLink[] {
  const links = vlessLinks({ ...inbound, host: linkHost(inbound, settings) }, { ...client, flow: vlessFlow(inbound) })
  return links.filter(({ host }) => settings.allowPrivateHost === true || isDialable(host))
}

/** The panel's order: a custom share address, an address that the inbound listens on, the panel's own host. */
function linkHost(inbound: WireInbound, settings: LinkSettings): string {
  if (settings.publicHost !== undefined) return settings.publicHost
  const shared = bareHost(inbound.shareAddr ?? '')
  if (inbound.shareAddrStrategy === 'custom' && shared !== '') return shared
  const isPlace = settings.allowPrivateHost === true ? isRoutable : isDialable
  const listened = bareHost(inbound.listen)
  return isPlace(listened) ? listened : bareHost(new URL(settings.url).hostname)
}

/** Sockets, "everything" and loopback are no address for anybody. */
const isRoutable = (listen: string): boolean =>
  listen !== '' && !/^[@/]/.test(listen) && !/^(0\.0\.0\.0|::0?|localhost|127\..*|::1)$/.test(listen)
