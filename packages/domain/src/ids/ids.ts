import { createHash, randomBytes } from 'node:crypto'

/** Every id says what it names, alike in the database, in logs, in callback data and at providers. */
export const idPrefixes = {
  customer: 'cus',
  staff: 'stf',
  plan: 'pln',
  addon: 'add',
  promo: 'prm',
  batch: 'btc',
  gift: 'gft',
  order: 'ord',
  payment: 'pay',
  card: 'crd',
  refund: 'rfd',
  webhook: 'whk',
  notification: 'ntc',
  posting: 'pst',
  subscription: 'sub',
  period: 'prd',
  server: 'srv',
  endpoint: 'end',
  access: 'acc',
  device: 'dev',
  ticket: 'tkt',
  message: 'msg',
  broadcast: 'brd',
  alert: 'alr',
  referral: 'ref',
  audit: 'aud',
} as const

export type IdKind = keyof typeof idPrefixes
export type Id<K extends IdKind> = `${(typeof idPrefixes)[K]}_${string}`

export type CustomerId = Id<'customer'>
export type PlanId = Id<'plan'>
export type AddonId = Id<'addon'>
export type OrderId = Id<'order'>
export type GiftId = Id<'gift'>
export type PaymentId = Id<'payment'>
/** Of a saved card, or of another saved way to pay. */
export type CardId = Id<'card'>
export type SubscriptionId = Id<'subscription'>
export type ServerId = Id<'server'>
export type EndpointId = Id<'endpoint'>
export type AccessId = Id<'access'>
export type DeviceId = Id<'device'>
export type TicketId = Id<'ticket'>
export type BroadcastId = Id<'broadcast'>

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** `length` characters of Crockford's base 32: lower case, five random bits each, safe in URLs, e-mails and file names. */
export const randomText = (length: number): string => write(randomBytes(length))

function write(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += alphabet[byte & 31]
  return text
}

/** A new random id, e.g. `pay_8x2k…`: 20 characters, 100 random bits, 24 characters in all. */
export const newId = <K extends IdKind>(kind: K): Id<K> => `${idPrefixes[kind]}_${randomText(20)}` as Id<K>

/**
 * The same id for the same text each time, for what must be known again by others after the shop has forgotten it. Nobody
 * guesses it who does not know the text.
 */
export const idFrom = <K extends IdKind>(kind: K, text: string): Id<K> =>
  `${idPrefixes[kind]}_${write(createHash('sha256').update(text).digest().subarray(0, 20))}` as Id<K>

/** Checks the shape of an id that came from outside (a callback, a deep link, a URL). */
export function isId<K extends IdKind>(kind: K, text: string): text is Id<K> {
  return new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{4,32}$`).test(text)
}
