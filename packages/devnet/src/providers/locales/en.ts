export const en = {
  lang: 'en',
  decimalMark: '.',
  pay: 'Pay',
  decline: 'Decline',
  paid: 'Paid',
  canceled: 'Not paid',
  back: 'Return to the bot',
  mayClose: 'You may close this page.',
  missing: 'There is no such invoice.',
  simulated: 'A simulated page: no money moves.',
  tryMistakes: 'Try a mistake',
  payLess: 'Pay half',
  payMore: 'Pay double',
  payForeign: 'Pay in another currency',
}

export type PayPageTexts = typeof en
