// Looks the whole shop over: `npm run doctor -- --help`.
import { loadEnvironment, readConfig } from '@vpn-kiosk/app'
import { runScript } from './command-line/run-script.ts'
import { checks } from './doctor/checks.ts'
import type { Finding } from './doctor/finding.ts'
import { withDoctorContext } from './doctor/with-doctor-context.ts'
import { withinLimit } from './doctor/within-limit.ts'

const help = `
Usage: npm run doctor -- [--json]

Looks at the mode and the lines of .env, the bots' tokens, the support group, the clock, the database and its migrations, the secret key, plans,
servers, deliveries, payment providers, Redis, the public address, backups, the folders of .env and the disk. All at once, 10 s at
most each; nothing is changed, but for a file that is written into those folders and removed at once. One line each:

  ✓ fine    ✗ what is wrong → what to do    → what the shop lacks yet    – not set

  --json  print [{"check":…,"status":"fine"|"wrong"|"next_step"|"not_set","message":…,"advice":…|null}]

Exit status: 0 nothing is wrong, 1 something is, 2 a variable of .env is malformed (the sentence names it).
`

const signs = { fine: '✓', wrong: '✗', next_step: '→', not_set: '–' } as const

await runScript({
  name: 'doctor',
  help,
  flags: {},
  run: async () => {
    const findings = await withDoctorContext(readConfig(loadEnvironment()), async (context) => {
      const examined = checks.map(({ name, examine }) => withinLimit(name, () => examine(context)))
      return (await Promise.all(examined)).flat()
    })
    const wrongs = findings.filter(({ status }) => status === 'wrong').length
    return {
      lines: [...findings.map(toLine), '', summary(wrongs)],
      json: findings,
      status: wrongs === 0 ? 0 : 1,
    }
  },
})

function toLine({ check, status, message, advice }: Finding): string {
  return `${signs[status]} ${check}: ${message}${advice ? ` → ${advice}` : ''}`
}

function summary(wrongs: number): string {
  if (wrongs === 0) return 'Nothing is wrong.'
  return `${wrongs} ${wrongs === 1 ? 'thing is' : 'things are'} wrong.`
}
