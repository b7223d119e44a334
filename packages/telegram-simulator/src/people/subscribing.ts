import { chargeAgain, tellOfSubscription } from '../events/charging.ts'
import type { StarSubscription } from '../world/payment-desk.ts'
import type { World } from '../world/world.ts'
import { getBot, getDialogue, getPerson } from './find.ts'
import { missing, refused } from './people-error.ts'
import type { Request } from './requests.ts'

/** A subscription in stars, as its person sees it in the settings of Telegram. */
export interface SeenSubscription {
  /** Of the first charge: names the subscription. */
  readonly charge: string
  readonly bot: string
  readonly stars: number
  /** ISO 8601. */
  readonly expiresAt: string
  readonly isCanceled: boolean
  /** The bot canceled it: the person can't take it up again. */
  readonly isCanceledByBot: boolean
  readonly isOver: boolean
}

/** Stars that are paid again and again. */
export function createSubscribing(world: World) {
  const listOf = (person: number | undefined): StarSubscription[] =>
    world.payments.subscriptions.filter(({ firstCharge }) => person === undefined || firstCharge.personId === person)

  return {
    /** Whether a person has stars to pay with. Everybody has, until this says otherwise. */
    setStars({ person, hasStars }: Request<'setStars'>): void {
      const { id } = getPerson(world, person).user
      if (hasStars) world.payments.without.delete(id)
      else world.payments.without.add(id)
    },

    /** Charges what is due by the clock, once for each period that has begun. Nothing is charged without this. */
    chargeSubscriptions({ person }: Request<'chargeSubscriptions'> = {}): { readonly charges: readonly string[] } {
      const charges = listOf(person).flatMap((subscription) => {
        const { personId, botId } = subscription.firstCharge
        return chargeAgain(world, getDialogue(world, personId, botId), subscription)
      })
      return { charges }
    },

    /** In the settings of Telegram; `isCanceled: false` takes it up again. */
    cancelSubscription({ person, bot, charge, isCanceled = true }: Request<'cancelSubscription'>): void {
      const botId = getBot(world, bot).user.id
      const named = listOf(person).find(
        ({ firstCharge }) => firstCharge.botId === botId && (charge === undefined || firstCharge.id === charge),
      )
      if (!named) throw missing(`There is no subscription ${charge ?? bot}`)
      if (named.isOver) throw refused('The subscription is over')
      if (!isCanceled && named.isCanceledByBot) throw refused('The bot has canceled this subscription')
      named.isCanceled = isCanceled
      tellOfSubscription(world, named, isCanceled ? 'canceled' : 'active')
    },

    listSubscriptions: ({ person }: Request<'listSubscriptions'>): SeenSubscription[] =>
      listOf(person).map(({ firstCharge, expiresAt, isCanceled, isCanceledByBot, isOver }) => ({
        charge: firstCharge.id,
        bot: `@${getBot(world, firstCharge.botId).user.username}`,
        stars: firstCharge.terms.totalAmount,
        expiresAt: new Date(expiresAt * 1000).toISOString(),
        isCanceled,
        isCanceledByBot,
        isOver,
      })),
  }
}
