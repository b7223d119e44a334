import { findVpnApp } from '@vpn-kiosk/domain'
import type { FastifyInstance } from 'fastify'
import { chooseLanguage } from '../choose-language.ts'
import { sendPage } from '../html/page.ts'
import { guessSystem } from '../subscription/guess-system.ts'
import { situationOf } from '../subscription/situation.ts'
import type { PageDeps } from '../subscription/subscription.ts'
import { subscriptionPage } from '../subscription/subscription-page.ts'
import { openPage } from './open-page.ts'

interface OpenQuery {
  readonly app?: unknown
  readonly t?: unknown
}

/**
 * `GET /open?app=happ&t=<token>`: Telegram's buttons take only https, so this page stands between them and an app's own
 * scheme. It leads to the known apps and the subscription of a known token, and nowhere else. Where there is nothing to
 * import yet or any more, it says so instead.
 */
export function openRoute(server: FastifyInstance, { shop, clock, translations, contacts, problems }: PageDeps): void {
  server.get<{ Querystring: OpenQuery }>('/open', async (request, reply) => {
    const app = findVpnApp(request.query.app)
    const token = typeof request.query.t === 'string' ? request.query.t : ''
    const t = chooseLanguage(translations, request)
    const key = app && (await shop.getKeyByToken(token, t.language))
    if (!app || !key) return problems.answer(request, reply, 404)
    const query = new URLSearchParams({ app: app.id, t: token })
    const system = guessSystem(request.headers['user-agent'])
    const context = { t, contacts: await contacts(), clock, system, query, toRoot: '' }
    const page = situationOf(key) === 'active' ? openPage(app, key, context) : await subscriptionPage(key, context)
    return sendPage(reply, page)
  })
}
