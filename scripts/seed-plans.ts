// Puts the default price list in place: `npm run seed-plans -- --help`.
import { withApp } from './borrow-app/with-app.ts'
import { runScript } from './command-line/run-script.ts'

const help = `
Usage: npm run seed-plans -- [--json]

Adds the plans trial, month, quarter and year where they are missing. A plan that is there stays as it is, so this may
be repeated at any time, also while the shop runs.

  --json  print {"added":[codes]}
`

await runScript({
  name: 'seed-plans',
  help,
  flags: {},
  run: async () => {
    const added = await withApp(({ shop }) => shop.seedPlans())
    const line = added.length > 0 ? `✓ Plans added: ${added.join(', ')}` : '✓ Every plan is there already'
    return { lines: [line], json: { added } }
  },
})
