import type { Translations } from '@vpn-kiosk/i18n'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { chooseLanguage } from './choose-language.ts'
import type { Contacts } from './contacts.ts'
import { html } from './html/html.ts'
import { sendPage } from './html/page.ts'
import { isBrowser } from './subscription/is-browser.ts'
import type { Logger } from './web-deps.ts'

/** The middle of a key in the locales: `problem-not-found-title`. */
type Problem = 'not-found' | 'too-many' | 'bad-request' | 'unavailable'

export interface Problems {
  /** Answers with a status of 4xx or 5xx. */
  answer(request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply | Promise<FastifyReply>
  /** A request that is refused is the caller's; anything else is ours, and whoever called can but repeat: 503. */
  answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply>
}

export interface ProblemDeps {
  readonly logger: Logger
  readonly translations: Translations
  readonly contacts: () => Promise<Contacts>
}

/** One clear answer for all that goes wrong: a page in every language for people, a short line for machines. */
export function createProblems(deps: ProblemDeps): Problems {
  const answer: Problems['answer'] = (request, reply, status) => {
    reply.code(status)
    return isBrowser(request) ? sendProblemPage(request, reply, deps) : sendProblemLine(request, reply)
  }
  return {
    answer,
    answerError: (error, request, reply) => {
      const status = error.statusCode ?? 500
      if (status >= 400 && status < 500) return answer(request, reply, status)
      deps.logger.error({ err: error, method: request.method, route: request.routeOptions.url }, 'A request failed')
      return answer(request, reply.header('retry-after', '10'), 503)
    },
  }
}

const lines: Readonly<Record<number, string>> = {
  404: 'Not found',
  413: 'Too large: 256 KB at most',
  429: 'Too many requests',
  503: 'Unavailable, please repeat',
}

/** Apps get no text instead of a list: some would take it for servers. */
const sendProblemLine = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send(request.routeOptions.url === '/s/:token' ? '' : (lines[reply.statusCode] ?? 'Bad request'))

/** The language first that the browser asks for. The bot's name is left out when the database cannot tell it. */
async function sendProblemPage(request: FastifyRequest, reply: FastifyReply, { translations, contacts }: ProblemDeps) {
  const first = chooseLanguage(translations, request)
  const all = [first, ...first.languages.filter((one) => one !== first.language).map(translations.translatorFor)]
  const problem = problemOf(reply.statusCode)
  const { bot } = problem === 'unavailable' ? { bot: null } : await contacts().catch(() => ({ bot: null }))
  return sendPage(reply, {
    language: first.language,
    title: first.plain(`problem-${problem}-title`),
    toRoot: '',
    logoVersion: null,
    body: html`<main class="alone"><div class="card">${all.map(
      (t) => html`<section lang="${t.language}"><h1>${t.plain(`problem-${problem}-title`)}</h1>
<p class="soft">${t.plain(`problem-${problem}-text`)}</p>
${bot && html`<a class="button${t === first ? ' first' : ''}" href="${bot.url}">${t.plain('open-bot')}</a>`}</section>`,
    )}</div></main>`,
  })
}

function problemOf(status: number): Problem {
  if (status === 404) return 'not-found'
  if (status === 429) return 'too-many'
  return status >= 500 ? 'unavailable' : 'bad-request'
}
