import { randomBytes } from 'node:crypto'
import type { Language } from '@vpn-kiosk/domain'
import { cast } from './cast.ts'
import type { Simulators } from './simulators.ts'

export interface EnvironmentOptions {
  readonly databaseUrl: string
  readonly webPort: number
  /** The nightly job writes there, and throws away what is old by a clock that may have been moved. */
  readonly backupDirectory: string
  readonly publicUrl?: string | undefined
  readonly language?: Language | undefined
}

/** What the processes of a real shop would read from their environment to work in this world. */
export function environmentOf(world: Simulators, options: EnvironmentOptions): Record<string, string> {
  const { databaseUrl, webPort, language = 'ru', publicUrl = `http://127.0.0.1:${webPort}` } = options
  return {
    CLIENT_BOT_TOKEN: cast.bots.client.token,
    SUPPORT_BOT_TOKEN: cast.bots.support.token,
    ADMIN_BOT_TOKEN: cast.bots.admin.token,
    SUPPORT_GROUP_ID: String(cast.supportGroup),
    OWNER_TELEGRAM_ID: String(cast.people.owner.id),
    TELEGRAM_API_ROOT: world.telegram.apiRoot,
    DATABASE_URL: databaseUrl,
    BACKUP_DIRECTORY: options.backupDirectory,
    SECRET_KEY: randomBytes(32).toString('base64'),
    HTTP_PORT: String(webPort),
    PUBLIC_URL: publicUrl,
    DEFAULT_LANGUAGE: language,
    YOOKASSA_SHOP_ID: world.yookassa.shopId,
    YOOKASSA_SECRET_KEY: world.yookassa.secretKey,
    YOOKASSA_API_URL: world.yookassa.apiUrl,
    YOOKASSA_ALLOWED_IPS: '127.0.0.1',
    CRYPTOBOT_TOKEN: world.cryptobot.token,
    CRYPTOBOT_API_URL: world.cryptobot.apiUrl,
    WATA_TOKEN: world.wata.token,
    WATA_API_URL: world.wata.apiUrl,
    COINGATE_TOKEN: world.coingate.token,
    COINGATE_API_URL: world.coingate.apiUrl,
    TEST_PAY_API_URL: world.testPay.apiUrl,
    TEST_PAY_SECRET: world.testPay.secret,
    STARS: 'on',
  }
}
