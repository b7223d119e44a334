import type { Clock } from '@vpn-kiosk/domain'
import type { Translations } from '@vpn-kiosk/i18n'
import type { FastifyInstance } from 'fastify'
import { chooseLanguage } from '../choose-language.ts'
import type { Contacts } from '../contacts.ts'
import { sendPage } from '../html/page.ts'
import type { Problems } from '../problems.ts'
import type { WebShop } from '../web-deps.ts'
import { answerApp } from './answer-app.ts'
import { guessSystem } from './guess-system.ts'
import { isBrowser } from './is-browser.ts'
import { subscriptionPage } from './subscription-page.ts'

export interface PageDeps {
  readonly shop: Pick<WebShop, 'getKeyByToken'>
  readonly clock: Clock
  readonly translations: Translations
  readonly contacts: () => Promise<Contacts>
  readonly problems: Problems
}

/** `GET /s/:token`: a list for apps, a page for people; the token is all that is asked of either. */
export function subscriptionRoute(server: FastifyInstance, deps: PageDeps): void {
  const { shop, translations, clock, problems } = deps
  server.get<{ Params: { token: string } }>('/s/:token', async (request, reply) => {
    const t = isBrowser(request) ? chooseLanguage(translations, request) : null
    const key = await shop.getKeyByToken(request.params.token, t?.language)
    if (!key) return problems.answer(request, reply, 404)
    const contacts = await deps.contacts()
    if (!t) return answerApp(reply, key, { t: translations.translatorFor(key.language), contacts })
    const system = guessSystem(request.headers['user-agent'])
    const context = { t, contacts, clock, system, query: new URLSearchParams(), toRoot: '../' }
    return sendPage(reply, await subscriptionPage(key, context))
  })
}
