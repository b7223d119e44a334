import type { Customer, DeviceId, PlanId, RequiredChannel, ServerId } from '@vpn-kiosk/domain'
import type { SubscriptionSummary, TrialTerms } from '@vpn-kiosk/shop'
import type { BotContext } from '@vpn-kiosk/telegram'
import type { SessionFlavor } from 'grammy'

/** What the person was asked to write next. It may be lost at any time: a button or a command leaves it too. */
export type Dialog =
  /** `requestId` is that of the question: however often it is answered, it makes one device. */
  | { readonly kind: 'name_device'; readonly serverId: ServerId; readonly requestId: string }
  | { readonly kind: 'rename_device'; readonly deviceId: DeviceId }
  /** `planId`: of the purchase that the code is for; absent where there is none. */
  | { readonly kind: 'promo'; readonly planId?: PlanId }
  /** `next`: the data of the button that goes on with what was begun. */
  | { readonly kind: 'receipt_email'; readonly next: string | null }
  | { readonly kind: 'terms'; readonly next: string }

export interface ClientSession {
  dialog: Dialog | null
  /** The last price that was shown before paying, in minor units, with the request of its buttons. */
  shown?: { readonly request: string; readonly minor: string }
}

export type ClientContext = BotContext &
  SessionFlavor<ClientSession> & {
    /** Who writes; recognized once for each update. */
    customer: Customer
    /** True with the very first update of a person. */
    isNewcomer: boolean
    /** What the customer had when the update came; null for who never had anything. */
    summary: SubscriptionSummary | null
    /** The trial that this person is offered; null when none is. */
    trial: TrialTerms | null
    /** The channels that the person has yet to join before they may begin a trial, or use one. */
    findMissingChannels: (to: 'trial' | 'use') => Promise<readonly RequiredChannel[]>
  }
