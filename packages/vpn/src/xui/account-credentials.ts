import type { AccountSpec, Credentials } from '@vpn-kiosk/domain'
import { withRemark } from '../documents/share-link.ts'
import { inboundLinks, type LinkSettings } from './inbound-links.ts'
import type { ServedInbounds } from './served-inbounds.ts'

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
