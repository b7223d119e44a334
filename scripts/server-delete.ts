// Deletes a server that nobody needs: `npm run server:delete -- --help`.
import type { App } from '@vpn-kiosk/app'
import type { Remains } from '@vpn-kiosk/shop'
import { withApp } from './borrow-app/with-app.ts'
import { Refusal, UsageError } from './command-line/failures.ts'
import { type Outcome, runScript } from './command-line/run-script.ts'
import { confirm, isInteractive } from './command-line/terminal.ts'
import { findServer } from './server/find-server.ts'

const help = `
Usage: npm run server:delete -- <name or id> [flags]

Deletes a server for good, with its ways in and its figures. One that anybody uses is refused with the numbers: disable
it first in the admin bot, and everybody on it is cut off.

  --cut-off      it is disabled, and everybody on it was cut off: their accesses go with it, their devices
                 get a new file on another server
  --unreachable  the same, though its endpoint no longer answers: accounts that were not cut off are left behind on it
  --yes          do not ask
  --json         print {"kind":"deleted","accesses":…,"devices":…,"behind":…}
`

const yes = { type: 'boolean' } as const

await runScript({
  name: 'server:delete',
  help,
  flags: { 'cut-off': yes, unreachable: yes, yes },
  mostWords: 1,
  run: async ({ typed, words: [word] }) => {
    if (!typed.yes && !isInteractive()) throw new UsageError('Missing: --yes.')
    const remains = typed.unreachable ? 'anything' : typed['cut-off'] ? 'cut_off' : 'nobody'
    return withApp((app) => deleteServer(app, word, { remains, isSure: typed.yes === true }))
  },
})

async function deleteServer(
  app: App,
  word: string | undefined,
  { remains, isSure }: { readonly remains: Remains; readonly isSure: boolean },
): Promise<Outcome> {
  const { id, name } = await findServer(app, word)
  if (!isSure && !(await confirm(`Delete ${name} for good?`))) throw new Refusal('Nothing was deleted.')
  const result = await app.shop.deleteServer('operator', id, remains)
  switch (result.kind) {
    case 'deleted':
      return { lines: [`✓ ${name} is deleted, with ${result.accesses} accesses`], json: result }
    case 'in_use':
      throw new Refusal(
        `${name} is ${result.state} and holds ${result.accesses} accesses (${result.devices} of devices), ` +
          `${result.behind} of them not settled: disable it first, then --cut-off or --unreachable (see --help).`,
      )
    case 'unknown_server':
      throw new Refusal(`${name} has just been deleted by somebody else.`)
    case 'forbidden':
      throw new Refusal('The shop does not permit this.')
  }
}
