import { fileURLToPath } from 'node:url'
import { type Bot, Composer } from 'grammy'
import {
  type BotBase,
  type BotContext,
  createBot,
  createBotTranslations,
  defineCallback,
  idField,
  intField,
  showView,
  type Translations,
  type Translator,
  unhandledFeature,
  type View,
} from '../src/index.ts'

export const translations: Translations = createBotTranslations({
  directories: [fileURLToPath(new URL('fixtures/locales', import.meta.url))],
  defaultLanguage: 'ru',
  timeZone: 'Europe/Moscow',
  strict: true,
})

export const choosePlan = defineCallback('plan', { plan: idField('plan'), page: intField() })

export const planId = 'pln_8x2k8x2k8x2k8x2k8x2k' as const

const plansView = (t: Translator): View => ({
  text: t('choose-plan'),
  keyboard: [[choosePlan.button(t.plain('buy'), { plan: planId, page: 0 })]],
})

function exampleFeature(): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  feature.command('start', (ctx) => showView(ctx, plansView(ctx.t)))
  choosePlan.handle(feature, (ctx, { plan }) => showView(ctx, { text: ctx.t('plan-chosen', { plan }) }))
  return feature
}

export function exampleBot(base: BotBase, ...features: Composer<BotContext>[]): Bot<BotContext> {
  const bot = createBot<BotContext>({ ...base, translations })
  bot.use(...features, exampleFeature(), unhandledFeature())
  return bot
}
