import { run } from '@grammyjs/runner'
import { Bot, InlineKeyboard } from 'grammy'

// A bot that knows nobody and reads nothing: it answers the tap and edits the message, side by side as ours does.
const [apiRoot = '', token = ''] = process.argv.slice(2)
const bot = new Bot(token, { client: { apiRoot } })
const keyboard = new InlineKeyboard().text('Tap', 'tap')
let taps = 0
bot.on('callback_query:data', async (ctx) => {
  taps += 1
  await Promise.all([
    ctx.answerCallbackQuery(),
    ctx.editMessageText(`Tap ${taps}`, { parse_mode: 'HTML', reply_markup: keyboard }),
  ])
})
await bot.init()
const runner = run(bot)
process.on('SIGTERM', () => void runner.stop().then(() => process.exit(0)))
process.send?.('ready')
