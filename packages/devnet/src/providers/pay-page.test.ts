import { type InvoiceRequest, money, newId } from '@vpn-kiosk/domain'
import { createTestProvider } from '@vpn-kiosk/payments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestPaySimulator, type TestPaySimulator } from './test-pay/start-test-pay-simulator.ts'
import { createTestClock } from './testing/test-clock.ts'

const clock = createTestClock()
let simulator: TestPaySimulator
beforeEach(async () => {
  simulator = await startTestPaySimulator({ clock })
})
afterEach(() => simulator.close())

const open = (changes: Partial<InvoiceRequest> = {}) =>
  createTestProvider(simulator).createInvoice({
    paymentId: newId('payment'),
    amount: money(299_900, 'RUB'),
    description: 'One year',
    returnUrl: 'https://t.me/a_bot',
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
    ...changes,
  })
const read = async (url: string, language = 'en') =>
  (await fetch(url, { headers: { 'accept-language': language } })).text()
const press = (url: string, action: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' })

test('the page speaks the browser’s language, or the one it is told', async () => {
  const { url } = await open()
  expect(await read(url, 'ru-RU,ru;q=0.9')).toContain('>\u041e\u043f\u043b\u0430\u0442\u0438\u0442\u044c<')
  expect(await read(url, 'de')).toContain('>Pay<')
  expect(await read(`${url}?lang=ru`, 'en')).toContain('>\u041e\u043f\u043b\u0430\u0442\u0438\u0442\u044c<')
  expect(await read(url)).toContain('₽2,999')
})

test('paying leads to a page that says so and goes back to the bot', async () => {
  const { url, reference } = await open()
  const answer = await press(url, 'pay')
  expect(answer.status).toBe(303)
  expect(await createTestProvider(simulator).fetchStatus(reference)).toMatchObject({ kind: 'paid' })
  const page = await read(url)
  expect(page).toContain('href="https://t.me/a_bot"')
  expect(page).not.toContain('<form')
})

test('a second press changes nothing', async () => {
  const { url, reference } = await open()
  await press(url, 'pay')
  expect((await press(url, 'decline')).status).toBe(303)
  expect(simulator.findInvoice(reference)?.status).toBe('paid')
})

test('declining cancels', async () => {
  const { url, reference } = await open()
  await press(url, 'decline')
  expect(await createTestProvider(simulator).fetchStatus(reference)).toEqual({ kind: 'canceled', reason: 'declined' })
})

test.each([
  ['pay-less', { value: '1499.50', currency: 'RUB' }],
  ['pay-more', { value: '5998.00', currency: 'RUB' }],
  ['pay-foreign', { value: '2999.00', currency: 'USD' }],
])('the mistake %s is made as its button says', async (action, received) => {
  const { url, reference } = await open()
  await press(url, action)
  expect(simulator.findInvoice(reference)?.received).toEqual(received)
})

test('a web shop’s page is gone back to at once', async () => {
  const { url } = await open({ returnUrl: 'http://127.0.0.1:8080/chat?id=1' })
  expect((await press(url, 'pay')).headers.get('location')).toBe('http://127.0.0.1:8080/chat?id=1')
})

test('what the shop writes is text on the page, never markup', async () => {
  const { url } = await open({ description: '<img src=x onerror="alert(1)">&' })
  expect(await read(url)).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;')
})

test('an invoice that nobody issued has a page that says so', async () => {
  const answer = await fetch(`${simulator.url}/pay/nobody`)
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('There is no such invoice.')
})

test('the pay page still opens while the API is down', async () => {
  const { url } = await open()
  simulator.faults.setDown(true)
  expect(await read(url)).toContain('>Pay<')
})
