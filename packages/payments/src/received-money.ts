import {
  isCurrency,
  type Money,
  moneyFromDecimal,
  type ProviderId,
  ProviderRefused,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'

/** A provider's decimal text as Money. A currency that the shop keeps no account in needs a human, so it is a refusal. */
export function readReceivedMoney(provider: ProviderId, value: string, currency: string): Money {
  if (!isCurrency(currency))
    throw new ProviderRefused(
      `${provider} reports money in ${currency.slice(0, 8)}, which the shop does not account in`,
    )
  try {
    return moneyFromDecimal(value, currency)
  } catch (cause) {
    throw new ProviderUnreachable(`${provider} reports an amount that cannot be read`, { cause })
  }
}
