import { benchBroadcast } from './cases/broadcast.ts'
import { benchIdle } from './cases/idle.ts'
import { benchMenu } from './cases/menu.ts'
import { benchPayments } from './cases/payments.ts'
import { benchReport } from './cases/report.ts'
import { benchScale } from './cases/scale.ts'
import { benchStartUp } from './cases/start-up.ts'
import { benchSubscriptionPage } from './cases/subscription-page.ts'
import { benchWebhooks } from './cases/webhooks.ts'
import type { Figure } from './figures.ts'
import { currentLoad, type Machine, readMachine } from './machine.ts'
import { type BenchOptions, type CaseName, readOptions, usage } from './options.ts'
import { renderMachine, renderTable } from './report.ts'
import { type BenchWorld, createBenchWorld } from './world/bench-world.ts'

const cases: Record<CaseName, (world: BenchWorld, isQuick: boolean, size: number) => Promise<Figure[]>> = {
  'start-up': benchStartUp,
  idle: benchIdle,
  menu: benchMenu,
  page: benchSubscriptionPage,
  payments: benchPayments,
  broadcast: benchBroadcast,
  scale: benchScale,
  webhooks: benchWebhooks,
  report: benchReport,
}

const say = (text: string) => process.stderr.write(`${text}\n`)

async function measure(options: BenchOptions): Promise<void> {
  const load = currentLoad()
  const figures: Figure[] = []
  let machine: Machine | null = null
  for (const [name, run] of Object.entries(cases)) {
    if (!options.only.has(name as CaseName)) continue
    say(`· ${name}`)
    // A world for each: what one case leaves behind would be work for the processes of the next.
    const world = await createBenchWorld(options.profileDirectory)
    try {
      machine ??= await readMachine(world.app, load)
      figures.push(...(await run(world, options.isQuick, options.size)))
    } finally {
      await world.close()
    }
  }
  if (!machine) return
  const report = options.isJson
    ? JSON.stringify({ machine, figures }, null, 2)
    : `${renderTable(figures)}\n\n${renderMachine(machine)}`
  process.stdout.write(`${report}\n`)
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.wantsHelp) process.stdout.write(`${usage}\n`)
  else await measure(options)
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
