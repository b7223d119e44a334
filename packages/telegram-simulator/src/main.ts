import { parseArgs } from 'node:util'
import { createSimulatedClock } from './clock.ts'
import { startTelegramSimulator } from './simulator.ts'

const usage = `npx node packages/telegram-simulator/src/main.ts --bot TOKEN@USERNAME [--bot …] [--person NAME …] [--port 8081]
Starts a Telegram of your own: a Bot API server for the named bots, and the People API for whoever writes to them.`

const say = (text: string) => process.stdout.write(`${text}\n`)

async function start(bots: readonly string[], persons: readonly string[], port: number): Promise<void> {
  const simulator = await startTelegramSimulator({ clock: createSimulatedClock(), port })
  for (const bot of bots) {
    const [token = '', username] = bot.split('@')
    if (!/^\d+:.+/.test(token) || !username)
      throw new Error(`--bot takes TOKEN@USERNAME, such as 100:secret@shop_bot, not ${bot}`)
    say(`bot    @${simulator.addBot({ token, username, name: username }).username}`)
  }
  for (const firstName of persons) {
    const { id } = simulator.people.createPerson({ firstName, languageCode: 'en' })
    say(`person ${firstName}, id ${id}`)
  }
  say(
    `Page: ${simulator.apiRoot} · Bot API root: the same address · People API: ${simulator.apiRoot}/people/ · Ctrl-C ends it`,
  )
  process.once('SIGINT', () => void simulator.close())
  process.once('SIGTERM', () => void simulator.close())
}

try {
  const { values } = parseArgs({
    options: {
      bot: { type: 'string', multiple: true, default: [] },
      person: { type: 'string', multiple: true, default: ['Anna'] },
      port: { type: 'string', default: '8081' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help || values.bot.length === 0) say(usage)
  else await start(values.bot, values.person, Number(values.port))
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : String(error)}\n${usage}`)
  process.exitCode = 2
}
