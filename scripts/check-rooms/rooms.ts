/** Which rooms a room may import; `main.ts` may import `app` besides. The picture is in the README. */
export const allowedRooms: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  db: ['domain'],
  queue: ['domain'],
  shop: ['db', 'domain', 'queue'],
  payments: ['domain'],
  vpn: ['domain'],
  i18n: ['domain'],
  telegram: ['domain', 'i18n'],
  'telegram-simulator': [],
  jobs: ['domain', 'queue', 'shop'],
  web: ['domain', 'i18n', 'shop'],
  app: ['db', 'domain', 'i18n', 'payments', 'queue', 'shop', 'vpn'],
  devnet: [
    'admin-bot',
    'app',
    'client-bot',
    'db',
    'domain',
    'i18n',
    'jobs',
    'payments',
    'queue',
    'shop',
    'support-bot',
    'telegram',
    'telegram-simulator',
    'vpn',
    'web',
  ],
  'client-bot': ['domain', 'shop', 'telegram'],
  'support-bot': ['domain', 'shop', 'telegram'],
  'admin-bot': ['domain', 'shop', 'telegram'],
  scripts: ['app', 'db', 'domain', 'payments', 'shop', 'telegram', 'vpn'],
}

/** Rooms whose folders are adapters that never meet, with the folders that all of them may use. */
export const adapterRooms: Readonly<Record<string, readonly string[]>> = {
  payments: [],
  vpn: ['documents', 'ssh'],
}

/** The only places that read the environment of the process. */
export const environmentReaders = [
  'packages/app/src/config.ts',
  'scripts/setup/',
  'ecosystem.config.cjs',
  'vitest.config.ts',
]

/** Rooms that may ask the machine what time it is. */
export const clockOwners = [
  'packages/app/',
  'packages/devnet/',
  'packages/telegram-simulator/',
  'packages/vpn/src/xui/prove/',
  'scripts/',
  'ecosystem.config.cjs',
]

/** Places that print for a person; all others have a logger. */
export const printers = ['scripts/', 'packages/devnet/src/main.ts']

export const forbiddenFolders = ['helpers', 'utils', 'common', 'misc', 'shared']

export const lineLimit = 400
