import type { Clock } from '@vpn-kiosk/domain'
import type { FastifyInstance } from 'fastify'
import type { Contacts } from '../contacts.ts'
import { sendPage } from '../html/page.ts'
import type { Problems } from '../problems.ts'
import type { WebShop } from '../web-deps.ts'
import type { Speeches } from '../words/speech.ts'
import { answerApp } from './answer-app.ts'
import { isBrowser } from './caller.ts'
import { guessSystem } from './guess-system.ts'
import { subscriptionPage } from './subscription-page.ts'

export interface PageDeps {
  readonly shop: Pick<WebShop, 'getKeyByToken'>
  readonly clock: Clock
  readonly speeches: Speeches
  readonly contacts: () => Promise<Contacts>
  readonly problems: Problems
}

/** `GET /s/:token`: a list for apps, a page for people; the token is all that is asked of either. */
export function subscriptionRoutes(server: FastifyInstance, deps: PageDeps): void {
  const { shop, speeches, clock, problems } = deps
  server.get<{ Params: { token: string } }>('/s/:token', async (request, reply) => {
    const speech = isBrowser(request) ? speeches.choose(request) : null
    const key = await shop.getKeyByToken(request.params.token, speech?.words.language)
    if (!key) return problems.answer(request, reply, 404)
    const contacts = await deps.contacts()
    if (!speech) return answerApp(reply, key, { words: speeches.of(key.language).words, contacts })
    const system = guessSystem(request.headers['user-agent'])
    const otherLanguageQuery = `?lang=${speech.words.otherLanguage.language}`
    const context = { speech, contacts, clock, system, otherLanguageQuery, toRoot: '../' }
    return sendPage(reply, await subscriptionPage(key, context))
  })
}
