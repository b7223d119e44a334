import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { variables } from './config/variables.ts'
import { loadEnvironment, projectDirectory, readConfig, requireClientBot, requireSecretKeys } from './config.ts'
import { ConfigError } from './config-error.ts'

const token = (digit: string) => `123456${digit}:${'A'.repeat(35)}`

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'accepted'
}

test('an empty environment is a shop with its defaults and no bots', () => {
  const config = readConfig({})
  expect(config.telegram).toEqual({
    apiRoot: 'https://api.telegram.org',
    clientToken: null,
    supportToken: null,
    adminToken: null,
    supportGroupId: null,
    ownerId: null,
  })
  expect(config.database).toEqual({ kind: 'embedded', directory: join(projectDirectory, '.data/postgres') })
  expect(config.redis).toEqual({ kind: 'memory' })
  expect(config.shop).toEqual({
    shopName: 'VPN',
    defaultLanguage: 'ru',
    timeZone: 'Europe/Moscow',
    trialDays: 3,
    referralBonusDays: 7,
  })
  expect(config.http).toEqual({ host: '127.0.0.1', port: 8080, publicUrl: null, trustedProxies: ['loopback'] })
  expect(Object.values(config.payments).filter((keys) => keys !== undefined)).toEqual([])
  expect(config.directories.backups).toBe(join(projectDirectory, '.data/backups'))
})

test('a full environment is read into its shapes', () => {
  const config = readConfig({
    CLIENT_BOT_TOKEN: ` ${token('1')} `,
    SUPPORT_GROUP_ID: '-1001234567890',
    OWNER_TELEGRAM_ID: '777',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
    DATABASE_URL: 'postgresql://kiosk:secret@db:5432/kiosk',
    REDIS_URL: 'rediss://cache:6380/1',
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PUBLIC_URL: 'https://vpn.example.com/shop/',
    HTTP_PORT: '0',
    TRUSTED_PROXIES: '10.0.0.0/8, loopback,::1',
    YOOKASSA_SHOP_ID: '100500',
    YOOKASSA_SECRET_KEY: 'live_key',
    YOOKASSA_ALLOWED_IPS: '185.71.76.0/27 2a02:5180::/32',
    CRYPTOBOT_TOKEN: '1:AA',
    CRYPTOBOT_TESTNET: 'yes',
    CRYPTOBOT_ASSETS: 'USDT, TON',
    COINGATE_SANDBOX: 'yes',
    YOOKASSA_VAT_CODE: '7',
    YOOKASSA_TAX_SYSTEM: '2',
    WATA_TOKEN: 'a.b.c',
    WATA_API_URL: 'https://api-sandbox.wata.pro/api/h2h/',
    COINGATE_TOKEN: 'cg',
    COINGATE_RECEIVE_CURRENCY: 'EUR',
    TEST_PAY_API_URL: 'http://127.0.0.1:9/api',
    TEST_PAY_SECRET: 's',
    TIME_ZONE: 'Asia/Yekaterinburg',
    DEFAULT_LANGUAGE: 'en',
    TRIAL_DAYS: '0',
    BACKUP_DIRECTORY: '/var/backups/kiosk',
  })
  expect(config.telegram).toMatchObject({
    apiRoot: 'http://127.0.0.1:8081',
    clientToken: token('1'),
    supportGroupId: -1001234567890,
    ownerId: 777,
  })
  expect(config.database).toEqual({ kind: 'url', url: 'postgresql://kiosk:secret@db:5432/kiosk' })
  expect(config.redis).toEqual({ kind: 'url', url: 'rediss://cache:6380/1' })
  expect(config.secretKey).toEqual(Buffer.alloc(32, 7))
  expect(config.http).toEqual({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://vpn.example.com/shop',
    trustedProxies: ['10.0.0.0/8', 'loopback', '::1'],
  })
  expect(config.payments.yookassa).toMatchObject({ shopId: '100500', allowedIps: ['185.71.76.0/27', '2a02:5180::/32'] })
  expect(config.payments.cryptobot).toMatchObject({ token: '1:AA', isTestnet: true, assets: ['USDT', 'TON'] })
  expect(config.payments.yookassa?.receipts).toMatchObject({ vatCode: 7, taxSystem: 2, paymentMode: 'full_payment' })
  expect(config.payments.wata).toEqual({ token: 'a.b.c', apiUrl: 'https://api-sandbox.wata.pro/api/h2h' })
  expect(config.payments.coingate).toEqual({
    token: 'cg',
    publicUrl: 'https://vpn.example.com/shop',
    apiUrl: undefined,
    isSandbox: true,
    receiveCurrency: 'EUR',
  })
  expect(config.payments.test).toEqual({ apiUrl: 'http://127.0.0.1:9/api', secret: 's' })
  expect(config.shop).toMatchObject({ timeZone: 'Asia/Yekaterinburg', defaultLanguage: 'en', trialDays: 0 })
  expect(config.directories.backups).toBe('/var/backups/kiosk')
})

test.each([
  ['CLIENT_BOT_TOKEN', 'S3CRET:short'],
  ['SUPPORT_GROUP_ID', '1001234567890'],
  ['SUPPORT_GROUP_ID', 'S3CRET'],
  ['OWNER_TELEGRAM_ID', '-5'],
  ['OWNER_TELEGRAM_ID', '12.5'],
  ['OWNER_TELEGRAM_ID', '99999999999999999999'],
  ['TELEGRAM_API_ROOT', 'S3CRET.example.com'],
  ['DATABASE_URL', 'mysql://root:S3CRET@db/kiosk'],
  ['DATABASE_URL', 'postgresql://S3CRET@/kiosk'],
  ['REDIS_URL', 'http://S3CRET'],
  ['SECRET_KEY', 'S3CRET='],
  ['SECRET_KEY', 'not base64 S3CRET!'],
  ['PUBLIC_URL', 'ftp://S3CRET'],
  ['PUBLIC_URL', 'https://a.example/?S3CRET'],
  ['PUBLIC_URL', 'https://user:S3CRET@a.example'],
  ['HTTP_PORT', '70000'],
  ['HTTP_PORT', 'S3CRET'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['YOOKASSA_ALLOWED_IPS', '185.71.76.0/27,S3CRET'],
  ['YOOKASSA_VAT_CODE', '13'],
  ['YOOKASSA_TAX_SYSTEM', 'S3CRET'],
  ['YOOKASSA_PAYMENT_MODE', 'S3CRET'],
  ['CRYPTOBOT_TESTNET', 'maybe'],
  ['CRYPTOBOT_ASSETS', 'USDT,DOGE'],
  ['COINGATE_SANDBOX', '1'],
  ['DEFAULT_LANGUAGE', 'S3CRET'],
  ['TIME_ZONE', 'Europe/S3CRET'],
  ['TRIAL_DAYS', 'three'],
  ['TRIAL_DAYS', '-1'],
  ['REFERRAL_BONUS_DAYS', '1e9'],
  ['LOG_LEVEL', 'S3CRET'],
])('%s that cannot be right is refused in one sentence that names it and not its value (%s)', (name, value) => {
  const message = refusal({ [name]: value })
  expect(message).toMatch(new RegExp(`^${name} [^\n]+\\.$`))
  expect(message).not.toContain('S3CRET')
})

test('a pair of which one half is set is refused by the name of the other', () => {
  expect(refusal({ YOOKASSA_SHOP_ID: '1' })).toMatch(/^YOOKASSA_SECRET_KEY is missing, while YOOKASSA_SHOP_ID is set/)
  expect(refusal({ YOOKASSA_SECRET_KEY: 'x' })).toMatch(/^YOOKASSA_SHOP_ID is missing/)
  expect(refusal({ TEST_PAY_SECRET: 'x' })).toMatch(/^TEST_PAY_API_URL is missing/)
  expect(refusal({ HELEKET_API_KEY: 'x', PUBLIC_URL: 'https://a.test' })).toMatch(/^HELEKET_MERCHANT is missing/)
  expect(refusal({ COINGATE_TOKEN: 'x' })).toMatch(/^PUBLIC_URL is missing, while COINGATE_TOKEN is set/)
})

test('one bot cannot be two of the three', () => {
  expect(refusal({ CLIENT_BOT_TOKEN: token('1'), ADMIN_BOT_TOKEN: token('1') })).toBe(
    'ADMIN_BOT_TOKEN is the same bot as CLIENT_BOT_TOKEN.',
  )
})

test('each wrong variable gets its sentence, and an empty one counts as absent', () => {
  expect(refusal({ HTTP_PORT: 'x', TIME_ZONE: 'y', REDIS_URL: ' ' }).split('\n')).toHaveLength(2)
  expect(refusal({ REDIS_URL: ' ', SECRET_KEY: '' })).toBe('accepted')
})

test('what a process cannot do without is asked for by its name', () => {
  expect(() => requireClientBot(readConfig({}))).toThrow(
    new ConfigError('CLIENT_BOT_TOKEN is not set: add it to .env (see .env.example).'),
  )
  expect(() => requireSecretKeys(readConfig({}))).toThrow(/^SECRET_KEY is not set/)
  expect(requireClientBot(readConfig({ CLIENT_BOT_TOKEN: token('1') }))).toBe(token('1'))
})

test('the environment of the process wins over the file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'vpn-kiosk-env-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, '.env')
  writeFileSync(file, 'VPN_KIOSK_FILE_ONLY=1\nPATH=from-file\n')
  const environment = loadEnvironment(file)
  expect(environment.VPN_KIOSK_FILE_ONLY).toBe('1')
  expect(environment.PATH).toBe(process.env.PATH)
  expect(loadEnvironment(join(directory, 'absent')).PATH).toBe(process.env.PATH)
  expect(() => loadEnvironment(directory)).toThrow(ConfigError)
})

test.each([
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFFVPN_KIOSK_FILE_ONLY=1\n'), '1'],
  ['UTF-16', Buffer.from('\uFEFFVPN_KIOSK_FILE_ONLY=1\n', 'utf16le'), 'refused'],
  ['UTF-16 without a mark', Buffer.from('VPN_KIOSK_FILE_ONLY=1\n', 'utf16le'), 'refused'],
  ['UTF-16 in the other order', Buffer.from('\uFEFFVPN_KIOSK_FILE_ONLY=1\n', 'utf16le').swap16(), 'refused'],
])('a file in %s', (_, bytes, expected) => {
  const directory = mkdtempSync(join(tmpdir(), 'vpn-kiosk-env-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, '.env')
  writeFileSync(file, bytes)
  if (expected === 'refused') expect(() => loadEnvironment(file)).toThrow(/save it as UTF-8\.$/)
  else expect(loadEnvironment(file).VPN_KIOSK_FILE_ONLY).toBe(expected)
})

test('.env.example explains every variable, and no other', () => {
  const example = readFileSync(join(projectDirectory, '.env.example'), 'utf8')
  const explained = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
  expect(explained.toSorted()).toEqual(Object.keys(variables.shape).toSorted())
})

test('days of retention follow a table that was renamed', () => {
  const { retentionDays } = readConfig({ RETENTION_DAYS: 'notices=30, payment_webhooks=20' })
  expect(retentionDays).toEqual({ notifications: 30, payment_webhooks: 20 })
})
