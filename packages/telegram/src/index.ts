export * from '@vpn-kiosk/i18n'
export * from './api-errors.ts'
export * from './callback.ts'
export * from './classify-delivery.ts'
export * from './context.ts'
export * from './create-bot.ts'
export * from './edit-view.ts'
export * from './escape.ts'
export * from './introduce-bot.ts'
export { type Logger, silentLogger } from './logger.ts'
export * from './menu.ts'
export { contentOf, type MessageContent } from './message-content.ts'
export * from './middleware/only-private.ts'
export * from './middleware/throttle-per-person.ts'
export * from './middleware/unhandled-feature.ts'
export * from './persistent-budget.ts'
export * from './priority.ts'
export * from './publish-profile.ts'
export {
  createRateBudget,
  type OwnedRateBudget,
  type RateBudget,
  RateBudgetExhausted,
  type RateLimits,
  telegramLimits,
} from './rate-budget.ts'
export { type DayChart, renderDayChart } from './render-day-chart.ts'
export { type GiftCard, renderGiftCard } from './render-gift-card.ts'
export * from './render-qr.ts'
export { renderShareCard } from './render-share-card.ts'
export * from './run-bot.ts'
export { createSender } from './sender.ts'
export type { SessionOptions } from './session.ts'
export * from './show-view.ts'
export { createBotTranslations, translationsBeside } from './translations.ts'
export { type Keyboard, markupOf, notify, previewOf, type SendOptions, sendView, type View } from './view.ts'
