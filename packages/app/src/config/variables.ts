import { listLanguages } from '@vpn-kiosk/i18n'
import { z } from 'zod'
import * as read from './readers.ts'

const choose = <T extends string>(values: readonly T[]) =>
  z.enum(values, { error: `must be one of: ${values.join(', ')}` })

const yesOrNo = choose(['yes', 'no']).default('no')

/** Every variable that is understood; `.env.example` explains each. An empty value counts as absent. */
export const variables = z
  .object({
    CLIENT_BOT_TOKEN: read.botToken.optional(),
    SUPPORT_BOT_TOKEN: read.botToken.optional(),
    ADMIN_BOT_TOKEN: read.botToken.optional(),
    SUPPORT_GROUP_ID: read.groupId.optional(),
    OWNER_TELEGRAM_ID: read.telegramId.optional(),
    TELEGRAM_API_ROOT: read.webUrl.default('https://api.telegram.org'),
    DATABASE_URL: read.postgresUrl.optional(),
    DATABASE_POOL_SIZE: read.count(1, 100).optional(),
    REDIS_URL: read.redisUrl.optional(),
    SECRET_KEY: read.secretKey.optional(),
    SECRET_KEY_OLD: read.secretKeys.default([]),
    DATA_DIRECTORY: read.anyText.default('.data'),
    BACKUP_DIRECTORY: read.anyText.optional(),
    BACKUP_PASSPHRASE: read.passphrase.optional(),
    PUBLIC_URL: read.publicUrl.optional(),
    HTTP_HOST: read.anyText.default('127.0.0.1'),
    HTTP_PORT: read.port.default(8080),
    TRUSTED_PROXIES: read.trustedProxies.default(['loopback']),
    YOOKASSA_SHOP_ID: read.anyText.optional(),
    YOOKASSA_SECRET_KEY: read.anyText.optional(),
    YOOKASSA_API_URL: read.webUrl.optional(),
    YOOKASSA_ALLOWED_IPS: read.addressBlocks.optional(),
    YOOKASSA_VAT_CODE: read.count(1, 12).default(1),
    YOOKASSA_TAX_SYSTEM: read.count(1, 6).optional(),
    YOOKASSA_PAYMENT_SUBJECT: choose(['service', 'commodity', 'payment', 'another']).default('service'),
    YOOKASSA_PAYMENT_MODE: choose(['full_payment', 'full_prepayment', 'advance']).default('full_payment'),
    CRYPTOBOT_TOKEN: read.anyText.optional(),
    CRYPTOBOT_TESTNET: yesOrNo,
    CRYPTOBOT_ASSETS: read.cryptobotAssets.default([]),
    CRYPTOBOT_API_URL: read.webUrl.optional(),
    WATA_TOKEN: read.anyText.optional(),
    WATA_API_URL: read.webUrl.optional(),
    COINGATE_TOKEN: read.anyText.optional(),
    COINGATE_SANDBOX: yesOrNo,
    COINGATE_API_URL: read.webUrl.optional(),
    COINGATE_RECEIVE_CURRENCY: read.settlementCurrency.default('DO_NOT_CONVERT'),
    HELEKET_MERCHANT: read.anyText.optional(),
    HELEKET_API_KEY: read.anyText.optional(),
    HELEKET_API_URL: read.webUrl.optional(),
    STARS: choose(['on', 'off']).default('off'),
    TEST_PAY_API_URL: read.webUrl.optional(),
    TEST_PAY_SECRET: read.anyText.optional(),
    SHOP_NAME: read.shopName.default('VPN'),
    DEFAULT_LANGUAGE: choose(listLanguages()).default('ru'),
    TIME_ZONE: read.timeZone.default('Europe/Moscow'),
    TRIAL_DAYS: read.days.default(3),
    REFERRAL_BONUS_DAYS: read.days.default(7),
    RETENTION_DAYS: read.retentionDays.default({}),
    LOG_FILE: read.anyText.optional(),
    LOG_FILE_MEGABYTES: read.count(1, 10_000).default(10),
    LOG_FILES_KEPT: read.count(1, 100).default(5),
    LOG_LEVEL: choose(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .superRefine((values, context) => {
    for (const [one, other] of pairs) {
      if (values[one] !== undefined && values[other] === undefined) missing(context, other, one)
      if (values[other] !== undefined && values[one] === undefined) missing(context, one, other)
    }
    if (values.COINGATE_TOKEN && !values.PUBLIC_URL) missing(context, 'PUBLIC_URL', 'COINGATE_TOKEN')
    if (values.HELEKET_API_KEY && !values.PUBLIC_URL) missing(context, 'PUBLIC_URL', 'HELEKET_API_KEY')
    if (values.STARS === 'on' && !values.CLIENT_BOT_TOKEN) missing(context, 'CLIENT_BOT_TOKEN', 'STARS')
    const tokens = botTokens.map((name) => values[name])
    for (const [index, name] of botTokens.entries()) {
      const first = tokens.indexOf(tokens[index])
      if (tokens[index] !== undefined && first < index) {
        context.addIssue({ code: 'custom', path: [name], message: `is the same bot as ${botTokens[first]}` })
      }
    }
  })

export type Variables = z.infer<typeof variables>

const botTokens = ['CLIENT_BOT_TOKEN', 'SUPPORT_BOT_TOKEN', 'ADMIN_BOT_TOKEN'] as const

const pairs = [
  ['YOOKASSA_SHOP_ID', 'YOOKASSA_SECRET_KEY'],
  ['HELEKET_MERCHANT', 'HELEKET_API_KEY'],
  ['TEST_PAY_API_URL', 'TEST_PAY_SECRET'],
] as const

function missing(context: z.RefinementCtx, name: string, because: string): void {
  context.addIssue({ code: 'custom', path: [name], message: `is missing, while ${because} is set: they work together` })
}
