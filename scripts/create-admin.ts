// Gives a person a role in the shop's bots: `npm run create-admin -- --help`.
import { type StaffRole, staffRoles } from '@vpn-kiosk/domain'
import type { AddStaffResult } from '@vpn-kiosk/shop'
import { withApp } from './borrow-app/with-app.ts'
import { Refusal, UsageError } from './command-line/failures.ts'
import { requireValues } from './command-line/require-values.ts'
import { type Outcome, runScript } from './command-line/run-script.ts'

const help = `
Usage: npm run create-admin -- --telegram-id <number> --name <text> [--role owner|admin|support] [--json]

Gives a person a role; for who has one already, changes it.

  --telegram-id <number>  the person's Telegram id (@userinfobot tells it)
  --name <text>           how staff see the person
  --role <role>           admin (unless said otherwise): everything but roles
                          support: customers and tickets
                          owner: everything
  --json                  print {"kind":"added"|"changed","telegramId":…,"role":…}

Example: npm run create-admin -- --telegram-id 123456789 --name Max --role support
`

const flags = {
  'telegram-id': { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
} as const

await runScript({
  name: 'create-admin',
  help,
  flags,
  run: async ({ typed }) => {
    const role = readRole(typed.role ?? 'admin')
    const values = await requireValues([
      { flag: 'telegram-id', question: 'Telegram id', typed: typed['telegram-id'] },
      { flag: 'name', question: 'Name', typed: typed.name },
    ])
    const person = { telegramId: readTelegramId(values['telegram-id']), name: values.name, role }
    return describe(await withApp(({ shop }) => shop.addStaff('operator', person)), person)
  },
})

function readRole(text: string): StaffRole {
  const role = staffRoles.find((one) => one === text)
  if (!role) throw new UsageError(`--role must be one of: ${staffRoles.join(', ')}.`)
  return role
}

function readTelegramId(text: string): bigint {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw new UsageError('--telegram-id must be a positive whole number.')
  return BigInt(text)
}

function describe(
  result: AddStaffResult,
  { telegramId, name, role }: { telegramId: bigint; name: string; role: StaffRole },
): Outcome {
  const json = { kind: result.kind, telegramId: String(telegramId), role }
  switch (result.kind) {
    case 'added':
      return { lines: [`✓ ${name} (${telegramId}) has the role ${role} from the next press on`], json }
    case 'changed':
      return { lines: [`✓ ${name} (${telegramId}) had a role already; it is ${role} now`], json }
    case 'is_owner':
      throw new Refusal(`${telegramId} is OWNER_TELEGRAM_ID and may do everything already: no other role is needed.`)
    case 'forbidden':
      throw new Refusal('The shop does not permit this.')
  }
}
