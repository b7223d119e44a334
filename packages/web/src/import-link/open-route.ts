import type { FastifyInstance } from 'fastify'
import { sendPage } from '../html/page.ts'
import type { PageDeps } from '../subscription-page/subscription-routes.ts'
import { findApp } from './apps.ts'
import { openPage } from './open-page.ts'

interface OpenQuery {
  readonly app?: unknown
  readonly t?: unknown
}

/**
 * `GET /open?app=happ&t=<token>`: Telegram's buttons take only https, so this page stands between them and an app's own
 * scheme. It leads to the known apps and the subscription of a known token, and nowhere else.
 */
export function openRoute(server: FastifyInstance, { shop, speeches, contacts, problems }: PageDeps): void {
  server.get<{ Querystring: OpenQuery }>('/open', async (request, reply) => {
    const app = findApp(request.query.app)
    const token = typeof request.query.t === 'string' ? request.query.t : ''
    const key = app && (await shop.getKeyByToken(token))
    if (!app || !key) return problems.answer(request, reply, 404)
    const speech = speeches.choose(request)
    const query = new URLSearchParams({ app: app.id, t: token, lang: speech.words.otherLanguage.language })
    return sendPage(reply, openPage(app, key, { speech, contacts: await contacts(), otherLanguageQuery: `?${query}` }))
  })
}
