import { expect, test } from 'vitest'
import { checkFiles } from './check-rooms/check-files.ts'

const manifest = (name: string, ...dependencies: string[]) =>
  JSON.stringify({
    name: `@vpn-kiosk/${name}`,
    dependencies: Object.fromEntries(dependencies.map((one) => [one, '*'])),
  })

const whats = (files: Record<string, string>) => checkFiles(new Map(Object.entries(files))).map(({ what }) => what)

test('a room that keeps the rules has no breach', () => {
  const files = {
    'package.json': JSON.stringify({ devDependencies: { vitest: '1' } }),
    'packages/shop/package.json': manifest('shop', '@vpn-kiosk/db', '@vpn-kiosk/domain'),
    'packages/shop/src/payment/settle-payment.ts':
      "import { openDatabase } from '@vpn-kiosk/db'\nimport {\n  type Clock,\n  addDays,\n} from '@vpn-kiosk/domain'\nexport const settlePayment = (clock: Clock) => clock.now()\n",
    'packages/shop/src/payment/settle-payment.test.ts': "import { test } from 'vitest'\ntest('Да', () => new Date())\n",
    'packages/jobs/package.json': manifest('jobs', '@vpn-kiosk/app'),
    'packages/jobs/src/main.ts': "import { runProcess } from '@vpn-kiosk/app'\n",
    'README.md': 'Привет, console.log',
  }
  expect(checkFiles(new Map(Object.entries(files)))).toEqual([])
})

test('a breach says what, where and what to do', () => {
  const files = new Map([
    ['packages/shop/package.json', manifest('shop', '@vpn-kiosk/payments')],
    ['packages/shop/src/pay.ts', "// first line\nimport { x } from '@vpn-kiosk/payments'\n"],
  ])
  expect(checkFiles(files)).toEqual([
    {
      where: 'packages/shop/src/pay.ts:2',
      what: 'shop imports payments',
      advice: 'shop may import db, domain, queue: the code belongs in another room, or its need in a port',
    },
  ])
})

test.each([
  ['domain imports a room', 'packages/domain/src/a.ts', "import '@vpn-kiosk/db'", 'domain imports db'],
  ['a bot imports the database', 'bots/client/src/a.ts', "export * from '@vpn-kiosk/db'", 'client-bot imports db'],
  [
    'a bot imports another',
    'bots/client/src/a.ts',
    "import {} from '@vpn-kiosk/admin-bot'",
    'client-bot imports admin-bot',
  ],
  ['a dynamic import', 'packages/vpn/src/a.ts', "await import('@vpn-kiosk/shop')", 'vpn imports shop'],
  ['app outside main.ts', 'packages/web/src/server.ts', "import {} from '@vpn-kiosk/app'", 'web imports app'],
  ['devnet', 'packages/app/src/a.ts', "import {} from '@vpn-kiosk/devnet'", 'app imports devnet'],
])('%s is a breach', (_, path, text, what) => {
  expect(whats({ [path]: text })).toContain(what)
})

test('adapters never meet, but share what lies beside them', () => {
  const meet = { 'packages/payments/src/yookassa/client.ts': "import {} from '../cryptobot/client.ts'\n" }
  expect(whats(meet)).toEqual(['adapter yookassa imports adapter cryptobot'])
  const share = {
    'packages/vpn/src/xui/driver.ts': "import {} from '../documents/vless.ts'\nimport {} from '../read.ts'\n",
  }
  expect(whats(share)).toEqual([])
})

test('a relative path that leads out of the room is a breach', () => {
  expect(whats({ 'bots/client/src/a.ts': "import {} from '../../../packages/shop/src/index.ts'\n" })).toEqual([
    'a relative path leads out of the room to packages/shop/src/index.ts',
  ])
})

test('a package that is not listed is a breach', () => {
  const room = {
    'packages/db/package.json': manifest('db', 'pg'),
    'packages/db/src/a.ts': "import { z } from 'zod/v4'\n",
  }
  expect(whats(room)).toEqual(['imports zod'])
})

test('a tool of the root is for tests only', () => {
  const root = {
    'package.json': JSON.stringify({ devDependencies: { vitest: '1' } }),
    'packages/db/package.json': manifest('db'),
  }
  expect(whats({ ...root, 'packages/db/src/a.test.ts': "import {} from 'vitest'\n" })).toEqual([])
  expect(whats({ ...root, 'packages/db/src/a.ts': "import {} from 'vitest'\n" })).toEqual(['imports vitest'])
})

test('files that import one another in a circle are a breach, types too', () => {
  const circle = {
    'packages/domain/src/a.ts': "import { b } from './b.ts'\n",
    'packages/domain/src/b.ts': "import type { C } from './c.ts'\n",
    'packages/domain/src/c.ts': "export type { A } from './a.ts'\n",
  }
  expect(whats(circle)).toEqual(['imports itself through a.ts → b.ts → c.ts → a.ts'])
  expect(whats({ ...circle, 'packages/domain/src/c.ts': '' })).toEqual([])
})

test('a verb lies in a file that is called like it', () => {
  const verb = 'export async function banCustomer() {}\n'
  expect(whats({ 'packages/shop/src/customer/change-customer.ts': verb })).toEqual(['exports no changeCustomer'])
  expect(whats({ 'packages/shop/src/customer/ban-customer.ts': verb })).toEqual([])
  expect(whats({ 'packages/shop/src/customer/customer.ts': 'export interface Line {}\n' })).toEqual([])
  expect(whats({ 'packages/shop/src/customer/index.ts': 'export const customerVerbs = {}\n' })).toEqual([])
})

test('each verb that the shop offers lies in a file of its name', () => {
  const offers = (line: string) =>
    whats({ 'packages/shop/src/staff/index.ts': `${line}\nexport const staffVerbs = {}\n` })
  expect(offers("import { findRole } from './find-role.ts'")).toEqual([])
  expect(offers("import {\n  addStaff,\n  findRole,\n} from './add-staff.ts'")).toEqual([
    'offers findRole from add-staff.ts',
  ])
})

test('a file with one function is called like it, or like its beginning or end', () => {
  const poller = 'export interface Poller {}\nexport function createPoller(): Poller {}\n'
  expect(whats({ 'packages/telegram/src/long-polling.ts': poller })).toEqual(['exports no longPolling'])
  expect(whats({ 'packages/telegram/src/poller.ts': poller })).toEqual([])
  expect(whats({ 'packages/telegram/src/create-poller.ts': poller })).toEqual([])
  expect(whats({ 'scripts/doctor/clock.ts': 'export const clockCheck = {}\n' })).toEqual([])
  expect(whats({ 'bots/client/src/features/key/views.ts': 'export const keyView = {}\n' })).toEqual([])
  expect(whats({ 'packages/domain/src/money/money.ts': 'export const add = {}\nexport const take = {}\n' })).toEqual([])
})

const shop = {
  'packages/shop/src/trial/start-trial.ts': 'export const startTrial = {}\n',
  'packages/shop/src/locales/en/menu.ftl': '',
  'packages/shop/src/locales/ru/menu.ftl': '',
}

test.each([
  ['README.md', '`packages/shop/src/trial/start-trial.ts`, `shop/trial/start-trial.ts`, `start-trial.ts`'],
  ['README.md', '`packages/shop`, `shop/trial`, `trial/`, `shop/<noun>/<verb>-<noun>.ts`, `locales/{ru,en}/*.ftl`'],
  [
    'README.md',
    '[it](packages/shop/src/trial/start-trial.ts#L1) [there](https://example.com/a.ts) `/pay/x` `.data/x.ts`',
  ],
  ['README.md', '```ts\nimport a from `gone.ts`\n```\n'],
  ['packages/shop/README.md', '`trial/start-trial.ts` [src](src/trial) `packages/shop/src`'],
  ['CHANGELOG.md', '`gone.ts` became `start-trial.ts`'],
])('%s names what is there: %s', (path, text) => {
  expect(whats({ ...shop, [path]: text })).toEqual([])
})

test.each([
  ['README.md', '`packages/shop/src/gone.ts`'],
  ['README.md', '`shop/subscription/start-trial.ts`'],
  ['README.md', '`shop/support`'],
  ['README.md', '`stop-trial.ts`'],
  ['README.md', '`features/`'],
  ['README.md', '`locales/{ru,de}/menu.ftl`'],
  ['CONTRIBUTING.md', '[gone](docs/gone.md)'],
  ['packages/web/README.md', '`start-trial.ts`'],
])('%s names what is not there: %s', (path, text) => {
  const name = /[`(]([^`)]+)/.exec(text)?.[1]?.replace(/\/$/, '')
  expect(checkFiles(new Map(Object.entries({ ...shop, [path]: `first line\n${text}` })))).toMatchObject([
    { where: `${path}:2`, what: `names ${name}, which is not there` },
  ])
})

test('the root lists no runtime dependency', () => {
  expect(whats({ 'package.json': JSON.stringify({ dependencies: { pg: '1' } }) })).toEqual([
    'lists pg as a runtime dependency',
  ])
})

test.each([
  ['packages/shop/src/a.ts', 'const a = process.env.A', 'reads process.env'],
  ['packages/shop/src/a.ts', 'queueNotice()', 'uses a word that another one replaces'],
  ['packages/shop/src/a.ts', "select 1 from orders where state = 'cancelled'", 'uses a word that another one replaces'],
  ['bots/admin/src/a.ts', 'shop.seeDashboard(ctx.actor)', 'uses a word that another one replaces'],
  ['packages/app/src/logger.ts', 'const a = process.env.A', 'reads process.env'],
  ['packages/shop/src/a.ts', 'const at = new Date()', 'asks the machine for the time'],
  ['bots/admin/src/a.ts', 'const at = Date.now()', 'asks the machine for the time'],
  ['packages/web/src/a.ts', "reply('Оплачено')", 'holds Cyrillic text'],
  ['packages/web/src/a.ts', '{\n  stop(): Promise<void>\n}', 'ends what was opened with a verb of its own'],
  ['bots/admin/src/a.ts', "const title = t.language === 'en' ? en : ru", 'asks for a language by name'],
  ['packages/web/src/a.ts', "console.log('x')", 'prints to the console'],
  ['packages/devnet/src/server.ts', "console.log('x')", 'prints to the console'],
  ['packages/web/src/a.ts', '// @ts-ignore', 'silences the type checker'],
  ['packages/web/src/a.ts', 'const KEPT_MS = 1_000', 'names a constant in capitals'],
  [
    'packages/shop/src/a.ts',
    'await em.execute<{ id: string }[]>(text, [id])',
    'asks the database with an untyped text',
  ],
  ['scripts/doctor/a.ts', "await db.em().execute('select 1')", 'asks the database with an untyped text'],
  ['packages/web/src/a.ts', 'tx.execute<Row[]>(\n  `select 1`)', 'asks the database with an untyped text'],
  ['packages/web/src/a.ts', 'a\n'.repeat(401), 'has 401 lines'],
  ['packages/web/src/utils/a.ts', '', 'lies in a folder named utils'],
])('%s: %s', (path, text, what) => {
  expect(whats({ [path]: text })).toEqual([what])
})

test.each([
  ['packages/app/src/config.ts', 'const a = process.env'],
  ['packages/app/src/clock.ts', 'const at = new Date()'],
  ['packages/shop/src/a.ts', 'const at = new Date(clock.now().getTime() + 1)'],
  ['bots/client/src/locales/ru/menu.ftl', 'menu = Меню'],
  ['packages/devnet/src/page/page.ts', "const title = 'Чат'"],
  ['packages/devnet/src/main.ts', "console.log('http://127.0.0.1')"],
  ['packages/web/src/a.ts', 'a\n'.repeat(400)],
  ['packages/db/src/migrations/initial.ts', 'a\n'.repeat(900)],
  ['packages/shop/src/a.ts', 'const { rows } = await sql<Row>`select 1`.execute(em.getKysely())'],
  ['packages/shop/src/a.ts', "await em.getKysely().selectFrom('plans').select('id').execute()"],
  ['packages/shop/src/a.test.ts', "await em.execute('delete from plans')"],
])('%s may: %s', (path, text) => {
  expect(whats({ [path]: text })).toEqual([])
})
