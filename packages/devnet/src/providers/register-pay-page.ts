import { fileURLToPath } from 'node:url'
import { money, moneyFromDecimal, moneyToDecimal, parseAcceptLanguage } from '@vpn-kiosk/domain'
import { createTranslations } from '@vpn-kiosk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ReceivedInstead, SimulatedInvoice } from './invoice-book.ts'
import { type PayPageLook, renderMissingPage, renderPayPage } from './pay-page.ts'
import type { ProviderSimulator } from './provider-simulator.ts'

type PayPageActions = Pick<ProviderSimulator, 'pay' | 'fail' | 'choose' | 'findInvoice'>

interface PageRequest {
  Params: { reference: string }
  Querystring: { lang?: string }
  Body: { action?: string; choice?: string } | undefined
}

const translations = createTranslations({
  directories: [fileURLToPath(new URL('../../locales', import.meta.url))],
  defaultLanguage: 'en',
  timeZone: 'UTC',
})

/** `?lang=` first, then the browser's own preference. */
const wishOf = ({ query, headers }: FastifyRequest<PageRequest>): string | undefined =>
  query.lang ?? parseAcceptLanguage(headers['accept-language'] ?? '')[0]

/** `GET /pay/:reference` shows the page; its form posts to the same address. */
export function registerPayPage(app: FastifyInstance, look: PayPageLook, actions: PayPageActions): void {
  const show = (request: FastifyRequest<PageRequest>, reply: FastifyReply) => {
    const t = translations.translatorFor(wishOf(request))
    const invoice = actions.findInvoice(request.params.reference)
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
    return invoice ? reply.send(renderPayPage(look, invoice, t)) : reply.code(404).send(renderMissingPage(look, t))
  }
  app.get<PageRequest>('/pay/:reference', show)
  app.post<PageRequest>('/pay/:reference', async (request, reply) => {
    const invoice = actions.findInvoice(request.params.reference)
    const { action, choice } = request.body ?? {}
    if (invoice?.status === 'pending' && choice !== undefined) await actions.choose(invoice.reference, choice)
    else if (invoice?.status === 'pending') await decide(actions, invoice, action)
    const after = actions.findInvoice(request.params.reference)
    if (after?.status === 'pending') return reply.redirect(request.url, 303)
    return reply.redirect(readWayBack(request, invoice), 303)
  })
}

async function decide(actions: PayPageActions, invoice: SimulatedInvoice, action: string | undefined): Promise<void> {
  if (action === 'decline') await actions.fail(invoice.reference)
  else await actions.pay(invoice.reference, readInstead(invoice, action))
}

function readInstead(invoice: SimulatedInvoice, action: string | undefined): ReceivedInstead {
  const { value, currency } = invoice.asked
  // The page counts in hundredths whatever the currency: all that it prices in have two digits.
  const { minor } = moneyFromDecimal(value, 'RUB')
  if (action === 'pay-less') return { amount: moneyToDecimal(money(minor / 2n, 'RUB')) }
  if (action === 'pay-more') return { amount: moneyToDecimal(money(minor * 2n, 'RUB')) }
  if (action === 'pay-foreign') return { currency: currency === 'USD' ? 'EUR' : 'USD' }
  return {}
}

/** A web shop's address is gone back to at once; Telegram's opens an app, so there the page stays and offers a button. */
function readWayBack(request: FastifyRequest<PageRequest>, invoice: SimulatedInvoice | null): string {
  const back = URL.parse(invoice?.returnUrl ?? '')
  if (back && /^https?:$/.test(back.protocol) && back.hostname !== 't.me') return back.href
  return request.url
}
