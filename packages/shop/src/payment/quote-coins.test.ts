import { money, type PaymentProvider, ProviderUnreachable, type QuotesCoins } from '@vpn-kiosk/domain'
import { expect, test, vi } from 'vitest'
import { createFakeProvider } from '../testing/fake-provider.ts'
import { quoteCoins } from './quote-coins.ts'

const amount = money(29_900, 'RUB')
const quote = { coins: ['USDT'], coin: 'USDT', about: '3.71' }
const ask = (quoting: Partial<QuotesCoins>) => {
  const coins: PaymentProvider = { ...createFakeProvider('coins'), ...quoting }
  return quoteCoins({ providers: new Map([['coins', coins]]) }, 'coins', amount)
}

test('a provider that quotes is asked, and one that does not, or is gone, is no reason to wait', async () => {
  expect(await ask({ quoteCoins: async () => quote })).toEqual(quote)
  expect(await ask({})).toBeNull()
  expect(await quoteCoins({ providers: new Map() }, 'coins', amount)).toBeNull()
})

test('one that fails or hangs is left out', async () => {
  const failing = async () => {
    throw new ProviderUnreachable('down')
  }
  expect(await ask({ quoteCoins: failing })).toBeNull()
  vi.useFakeTimers()
  const hanging = ask({ quoteCoins: () => new Promise(() => {}) })
  await vi.advanceTimersByTimeAsync(1500)
  expect(await hanging).toBeNull()
  vi.useRealTimers()
})
