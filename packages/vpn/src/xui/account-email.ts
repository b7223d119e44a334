import { type AccountId, isAccountId } from '@vpn-kiosk/domain'

/**
 * Panels name a client by an "email". Ours is the account itself. A legacy panel wants another email on each inbound,
 * so that the same account on a second one is called `vk-….<inbound id>`.
 */
export function readAccount(email: string): AccountId | null {
  const [head = '', tail, ...rest] = email.split('.')
  const known = rest.length === 0 && (tail === undefined || /^\d+$/.test(tail))
  return known && isAccountId(head) ? head : null
}

export const accountEmail = (account: AccountId, inboundId: number, isFirst: boolean): string =>
  isFirst ? account : `${account}.${inboundId}`
