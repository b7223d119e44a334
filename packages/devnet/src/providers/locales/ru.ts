import type { PayPageTexts } from './en.ts'

export const ru: PayPageTexts = {
  lang: 'ru',
  decimalMark: ',',
  pay: 'Оплатить',
  decline: 'Отказаться',
  paid: 'Оплачено',
  canceled: 'Не оплачено',
  back: 'Вернуться в бот',
  mayClose: 'Эту страницу можно закрыть.',
  missing: 'Такого счёта нет.',
  simulated: 'Страница-симулятор: деньги не списываются.',
  tryMistakes: 'Попробовать ошибку',
  payLess: 'Заплатить половину',
  payMore: 'Заплатить вдвое больше',
  payForeign: 'Заплатить в другой валюте',
}
