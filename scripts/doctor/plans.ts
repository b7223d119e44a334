import { PlanEntity, PlanPriceEntity } from '@vpn-kiosk/db'
import type { Currency, PaymentProvider } from '@vpn-kiosk/domain'
import { createPaymentProviders } from '@vpn-kiosk/payments'
import { type Check, type Finding, fine, nextStep, notSet, wrong } from './finding.ts'

const name = 'plans'

/** Checks whether there is a plan to sell, and whether each can be paid. */
export const plansCheck: Check = {
  name,
  examine: async ({ config, clock, database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    const em = database.db.em()
    const rows = await em.find(PlanEntity, { isActive: true, isTrial: false })
    const prices = await em.find(PlanPriceEntity, {})
    if (rows.length === 0)
      return [wrong(name, 'there is nothing to sell', 'npm run seed-plans adds the default price list')]
    const plans = rows.map(({ id, code, currency }) => ({
      code,
      currencies: [currency, ...prices.filter(({ planId }) => planId === id).map((price) => price.currency)],
    }))
    return judgePrices(plans, [...createPaymentProviders(config.payments, { clock }).values()])
  },
}

interface PricedPlan {
  readonly code: string
  /** In which it has a price. */
  readonly currencies: readonly Currency[]
}

const advice = 'write a price in such a currency: admin bot, Plans, the plan, Other currencies'

/** Names plans that no provider collects a price of, and providers that are offered for none. */
export function judgePrices(
  plans: readonly PricedPlan[],
  providers: readonly Pick<PaymentProvider, 'id' | 'currencies'>[],
): Finding[] {
  const collects = ({ currencies }: { readonly currencies: readonly Currency[] }, plan: PricedPlan) =>
    plan.currencies.some((currency) => currencies.includes(currency))
  const unpaid = plans.filter((plan) => providers.length > 0 && !providers.some((one) => collects(one, plan)))
  const idle = providers.filter((provider) => !plans.some((plan) => collects(provider, plan)))
  const codes = plans.map(({ code }) => code).join(', ')
  return [
    ...(unpaid.length === 0
      ? [fine(name, codes)]
      : [
          wrong(
            name,
            `nobody can pay for ${unpaid.map(({ code }) => code).join(', ')}: no provider collects a price of it`,
            advice,
          ),
        ]),
    ...idle.map(({ id, currencies }) =>
      nextStep(name, `${id} is offered to nobody: no plan has a price in ${currencies.join(' or ')}`, advice),
    ),
  ]
}
