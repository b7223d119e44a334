import type { EndpointCause, EndpointProblem } from '../access/endpoint-errors.ts'
import type { AddonSize } from '../addon/addon.ts'
import type { BroadcastId, DeviceId, GiftId, OrderId, PaymentId, PlanId, SubscriptionId } from '../ids/ids.ts'
import type { Currency, Money } from '../money/money.ts'
import type { CancelReason, ProviderId, ProviderReference } from '../payment/provider.ts'
import type { RenewalEnd, RenewalSource } from '../renewal/renewal.ts'
import type { TrafficThreshold } from '../subscription/stretch.ts'
import { dayMs } from '../time/time.ts'
import type { PaymentTrouble } from '../wait/longest-waits.ts'

/** Money as it stands in JSON. */
export interface WrittenMoney {
  readonly minor: string
  readonly currency: Currency
}

export const writeMoney = ({ minor, currency }: Money): WrittenMoney => ({ minor: minor.toString(), currency })

/**
 * An add-on that was paid for and not granted. `over`: its stretch is over, or has no limit that it could raise. `twice`: its
 * order was paid already. `short`: the balance does not cover it.
 */
export interface UndeliveredAddon extends AddonSize {
  readonly why: 'over' | 'twice' | 'short'
}

/** What brought a customer the first key: a gift is one that somebody else paid. */
export type KeyReason = 'purchase' | 'trial' | 'gift'

/** What customers are told without having asked. The client bot has one view for each kind. */
export type CustomerNotification =
  | { readonly kind: 'key_ready'; readonly subscriptionId: SubscriptionId; readonly reason: KeyReason }
  | {
      readonly kind: 'renewed'
      readonly subscriptionId: SubscriptionId
      readonly days: number
      /** Of auto-renewal: what was taken, without the customer. */
      readonly charged?: WrittenMoney
      /** Where it was taken from; absent = the balance. */
      readonly source?: RenewalSource
      /** Of the card that was charged. */
      readonly cardTitle?: string
    }
  /** `was`: what was announced before, where it is more now; `missing`: what the balance lacks. `chargeAt` is ISO 8601. */
  | {
      readonly kind: 'renewal_announced'
      readonly planId: PlanId
      readonly amount: WrittenMoney
      readonly was: WrittenMoney | null
      readonly source: RenewalSource
      readonly missing: WrittenMoney | null
      readonly chargeAt: string
      /** Of the card that will be charged. */
      readonly cardTitle?: string
    }
  /** A try failed; the next one is at `nextAt` (ISO 8601). */
  | {
      readonly kind: 'renewal_failed'
      readonly planId: PlanId
      readonly amount: WrittenMoney
      /** What the balance lacks; null where a card was charged. */
      readonly missing: WrittenMoney | null
      readonly nextAt: string
      readonly card?: { readonly title: string; readonly reason: CancelReason }
    }
  /** Auto-renewal is off now, and not because the customer wished it; `planId` can be bought by hand. */
  | {
      readonly kind: 'renewal_stopped'
      readonly reason: Exclude<RenewalEnd, 'customer'>
      readonly planId: PlanId | null
    }
  /** What was paid with is kept; `isOn`: auto-renewal charges it from now on. */
  | { readonly kind: 'card_saved'; readonly title: string; readonly isOn: boolean }
  | { readonly kind: 'preparing'; readonly subscriptionId: SubscriptionId }
  | { readonly kind: 'payment_canceled'; readonly orderId: OrderId; readonly reason: string }
  | {
      readonly kind: 'payment_mismatch'
      readonly paymentId: PaymentId
      /** Absent where another sum is not what is wrong, or cannot be read. */
      readonly sums?: { readonly asked: WrittenMoney; readonly received: WrittenMoney }
    }
  | { readonly kind: 'paid_twice'; readonly paymentId: PaymentId; readonly days: number }
  /**
   * Money was given back; `endsAt` (ISO 8601) is the subscription's end now, null where it took no time; `addon`: what it
   * took of an add-on; `isOnBalance`: the money is there already.
   */
  | {
      readonly kind: 'refunded'
      readonly amount: WrittenMoney
      readonly endsAt: string | null
      readonly addon?: AddonSize
      readonly isOnBalance?: boolean
    }
  /** More devices or traffic, until `endsAt` (ISO 8601). */
  | { readonly kind: 'addon_ready'; readonly addon: AddonSize; readonly endsAt: string }
  /** A gift was paid: its link and its card, to be passed on. */
  | { readonly kind: 'gift_ready'; readonly giftId: GiftId }
  | { readonly kind: 'gift_activated'; readonly giftId: GiftId; readonly recipientName: string }
  /** Nobody has activated it, and soon nobody can. */
  | { readonly kind: 'gift_ends_soon'; readonly giftId: GiftId }
  /** Nobody activated it in time: what was paid is on the giver's balance. */
  | { readonly kind: 'gift_returned'; readonly giftId: GiftId; readonly amount: WrittenMoney }
  /** To the recipient: the giver was given the money back; `endsAt` (ISO 8601) is the subscription's end now. */
  | { readonly kind: 'gift_taken_back'; readonly endsAt: string }
  /** `planId`: what the money was to buy and does not cover yet. `undelivered`: an add-on that it was for. */
  | {
      readonly kind: 'topped_up'
      readonly balance: WrittenMoney
      readonly planId: PlanId | null
      readonly undelivered?: UndeliveredAddon
    }
  | { readonly kind: 'expiring'; readonly subscriptionId: SubscriptionId; readonly before: ExpiryReminder }
  | { readonly kind: 'expired'; readonly subscriptionId: SubscriptionId }
  /** What was paid for ends with `paidUntil` (ISO 8601); access goes on for a while, to renew. */
  | { readonly kind: 'grace_started'; readonly subscriptionId: SubscriptionId; readonly paidUntil: string }
  /** The longest freeze is over, or staff ended it: the time goes on. */
  | { readonly kind: 'freeze_ended'; readonly subscriptionId: SubscriptionId }
  | { readonly kind: 'device_reissued'; readonly deviceId: DeviceId }
  | { readonly kind: 'trial_ended'; readonly subscriptionId: SubscriptionId }
  | {
      readonly kind: 'win_back'
      readonly subscriptionId: SubscriptionId
      readonly after: WinBackStage
      readonly wasTrial: boolean
      /** What is off for whoever comes back. */
      readonly offer?: WinBackOffer
    }
  /** The shop takes so much off whatever this customer buys; `endsAt` (ISO 8601) is null where that has no end. */
  | { readonly kind: 'personal_discount'; readonly percent: number; readonly endsAt: string | null }
  | { readonly kind: 'traffic_low'; readonly subscriptionId: SubscriptionId; readonly percent: TrafficThreshold }
  | { readonly kind: 'traffic_used_up'; readonly subscriptionId: SubscriptionId }
  /** The allowance of one stretch was used up, and the next one began before its time. */
  | { readonly kind: 'stretch_started_early'; readonly subscriptionId: SubscriptionId }
  /** More devices than the limit of the stretch that runs now: the customer may choose until `closesAt` (ISO 8601). */
  | { readonly kind: 'devices_over_limit'; readonly subscriptionId: SubscriptionId; readonly closesAt: string }
  | { readonly kind: 'devices_closed'; readonly subscriptionId: SubscriptionId; readonly names: readonly string[] }
  | ({ readonly kind: 'referral_bonus'; readonly days: number; readonly friendName: string } & AddedTraffic)
  /** A percent of what a friend paid, on the inviter's balance; level 2: of a friend's friend. */
  | {
      readonly kind: 'referral_money'
      readonly amount: WrittenMoney
      readonly friendName: string
      readonly level: 1 | 2
    }
  /** The friend's money was given back, and with it what it had earned. */
  | { readonly kind: 'referral_money_taken'; readonly amount: WrittenMoney }
  /** Days for whoever came by a friend's link, with their first purchase. */
  | { readonly kind: 'invited_bonus'; readonly days: number }
  | ({
      readonly kind: 'extended_by_shop'
      readonly subscriptionId: SubscriptionId
      readonly days: number
    } & AddedTraffic)
  /** A trial stopped working because its customer left a required channel; `channel` is its title. */
  | { readonly kind: 'trial_held'; readonly subscriptionId: SubscriptionId; readonly channel: string }
  | { readonly kind: 'trial_resumed'; readonly subscriptionId: SubscriptionId }
  /** A ban was lifted. Without this message the customer's last word from the shop would be that they are blocked. */
  | { readonly kind: 'ban_lifted' }
  /** What the shop gave by mistake; `endsAt` (ISO 8601) is the new end, which may be now. */
  | {
      readonly kind: 'days_taken_back'
      readonly subscriptionId: SubscriptionId
      readonly days: number
      readonly endsAt: string
    }

export interface AddedTraffic {
  /** Bytes that came with the days, as decimal digits; null or absent = unlimited. */
  readonly trafficBytes?: string | null
}

/** What staff are told. The admin bot has one view for each kind, and `causeOf` says which of them are one matter. */
export type StaffAlert =
  | { readonly kind: 'sale'; readonly paymentId: PaymentId }
  | { readonly kind: 'payment_mismatch'; readonly paymentId: PaymentId }
  | { readonly kind: 'paid_twice'; readonly paymentId: PaymentId }
  /** Money was given back, and what it paid for was taken. */
  | { readonly kind: 'refunded'; readonly paymentId: PaymentId }
  /** Money was given back at the provider of which the shop can take nothing by itself. */
  | { readonly kind: 'refund_seen'; readonly paymentId: PaymentId }
  /** The provider's own list says something else of a payment that was settled. */
  | { readonly kind: 'payment_differs'; readonly paymentId: PaymentId }
  /** Nothing was given back; `reason` is the provider's own. */
  | { readonly kind: 'refund_failed'; readonly paymentId: PaymentId; readonly reason: string }
  /** The books do not agree with themselves: nobody but a developer can say why. */
  | { readonly kind: 'books_wrong'; readonly what: string }
  /**
   * Nobody can tell from the provider's answers whether it is paid; `said` shows them. `surplus`: it is paid and granted,
   * and `said` came on top of it.
   */
  | {
      readonly kind: 'payment_trouble'
      readonly paymentId: PaymentId
      readonly trouble: PaymentTrouble | 'surplus'
      readonly said: string
    }
  /** The provider will not do what the shop asks of it; `sentence` is its own. */
  /** `of`: only cards are not kept, or not charged; everything else is sold as usual. */
  | {
      readonly kind: 'provider_refused'
      readonly provider: ProviderId
      readonly sentence: string
      readonly of?: 'cards' | undefined
    }
  /** It does not answer, and customers are not offered it; `reason` is what its last probe met. */
  | { readonly kind: 'provider_down'; readonly provider: ProviderId; readonly reason: string }
  | { readonly kind: 'provider_up'; readonly provider: ProviderId }
  /** The shop's key of the provider works until then (ISO 8601), and no longer. */
  | { readonly kind: 'key_ends'; readonly provider: ProviderId; readonly until: string }
  /** Every provider that is offered is down: customers read that payment is out of order. */
  | { readonly kind: 'nobody_can_pay' }
  | { readonly kind: 'payment_again' }
  /** The provider holds money that no payment of the shop asked for. */
  | { readonly kind: 'unmatched_payment'; readonly provider: ProviderId; readonly reference: ProviderReference }
  | {
      readonly kind: 'access_stuck'
      /** Null: no server has a place for them, or there is none. */
      readonly serverName: string | null
      readonly reason: string
      /** How many people wait for the same cause. */
      readonly count: number
      /** Since when the first of them has waited, ISO; absent in what was told before it was kept. */
      readonly since?: string
    }
  /** Nobody waits for this server any more; `reason` says what they had waited for. */
  | { readonly kind: 'access_healed'; readonly serverName: string | null; readonly reason: string }
  | {
      readonly kind: 'server_down'
      readonly serverName: string
      readonly reason: string
      /** Absent in what older processes tell. */
      readonly problems?: readonly EndpointProblem[]
    }
  | { readonly kind: 'server_up'; readonly serverName: string }
  /** Whoever pays now gets no key: every server is full, or none is open. */
  | { readonly kind: 'nobody_served'; readonly cause: 'full' | 'no_server' }
  | { readonly kind: 'room_runs_out'; readonly people: number; readonly days: number }
  | { readonly kind: 'room_again'; readonly people: number }
  /** It refused our login and is left alone for a while. */
  | {
      readonly kind: 'endpoint_refused'
      readonly serverName: string
      readonly code: EndpointCause
      readonly reason: string
    }
  /** It answers, and something that is sold on it does not work. */
  | {
      readonly kind: 'endpoint_degraded'
      readonly serverName: string
      readonly problems: readonly EndpointProblem[]
    }
  | { readonly kind: 'backup_failed'; readonly reason: string }
  /** Backups, and soon the database, find no room; `freeBytes` in decimal digits. */
  | { readonly kind: 'disk_full'; readonly folder: string; readonly freeBytes: string }
  | { readonly kind: 'disk_again' }
  /** Dialogs and limits are kept in each process meanwhile. */
  | { readonly kind: 'redis_down' | 'redis_up' }
  /** The client bot cannot see who is in a required channel; everybody is let through meanwhile. */
  | {
      readonly kind: 'channel_unreadable'
      readonly chatId: string
      readonly title: string
      readonly reason: string
    }
  /** Telegram refuses notifications of this kind: their text must be mended before any can be sent. */
  | {
      readonly kind: 'notification_refused'
      readonly to: 'customers' | 'staff'
      readonly what: string
      readonly reason: string
    }
  /** Customers' notifications wait for longer than they may: the client bot is away, or cannot send. */
  | { readonly kind: 'customers_untold'; readonly waiting: number; readonly since: string }
  | { readonly kind: 'broadcast_finished'; readonly broadcastId: BroadcastId }
  /** Messages of tickets wait for longer than they may; `trouble` is Telegram's word for it, null when nobody knows. */
  | {
      readonly kind: 'relay_stuck'
      readonly waiting: number
      readonly since: string
      readonly trouble: string | null
    }
  | { readonly kind: 'relay_healed' }
  /** A member of the support group answers tickets without a role. */
  | { readonly kind: 'agent_wanted'; readonly telegramId: string; readonly name: string }

/** How long after the end a customer who did not come back is written to. */
export const winBackStages = ['3d', '7d', '30d'] as const
export type WinBackStage = (typeof winBackStages)[number]

export interface WinBackOffer {
  readonly percent: number
  /** ISO 8601. */
  readonly endsAt: string
}

export const winBackDelayMs: Readonly<Record<WinBackStage, number>> = {
  '3d': 3 * dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
}

export const expiryReminders = ['3d', '1d', '3h'] as const
export type ExpiryReminder = (typeof expiryReminders)[number]

/** How long before the end each reminder is due. */
export const reminderLeadMs: Readonly<Record<ExpiryReminder, number>> = {
  '3d': 72 * 3_600_000,
  '1d': 24 * 3_600_000,
  '3h': 3 * 3_600_000,
}
