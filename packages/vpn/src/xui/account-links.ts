import type { AccountSpec, Credentials } from '@vpn-kiosk/domain'
import { bareHost, isDialable } from '../dialable-host.ts'
import { type ShareLink, vlessFlow, vlessLinks, withRemark } from '../documents/share-link.ts'
import type { XuiSettings } from './config.ts'
import type { ServedInbounds } from './served-inbounds.ts'
import type { WireInbound } from './wire.ts'

type LinkSettings = Pick<XuiSettings, 'url' | 'publicHost' | 'allowPrivateHost'>

/** What the customer gets for one account on the working inbounds, in their order. */
export function accountCredentials(
  spec: AccountSpec,
  { working, problems }: ServedInbounds,
  settings: LinkSettings,
): Credentials {
  const { uuid = '', subId = '' } = spec.secrets
  const links = working.flatMap((inbound) =>
    inboundLinks(inbound, settings, { uuid, subId }).map(({ uri, remark }) => ({
      uri,
      hint: remark || inbound.remark || `${inbound.port}`,
    })),
  )
  const remark = (hint: string) => (links.length > 1 ? `${spec.label} · ${hint}` : spec.label)
  return {
    documents: links.map(({ uri, hint }) => ({ kind: 'link', uri: withRemark(uri, remark(hint)) })),
    ...(problems.length > 0 ? { problems } : {}),
  }
}

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
