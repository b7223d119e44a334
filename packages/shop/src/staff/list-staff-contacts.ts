import { sql } from '@vpn-kiosk/db'
import type { Language, StaffRole } from '@vpn-kiosk/domain'
import type { PermissionDeps } from './has-permission.ts'
import { spokenLanguage } from './spoken-language.ts'

/** Whom of the shop's people the admin bot may write to, and how. */
export interface StaffContact {
  readonly telegramId: bigint
  readonly role: StaffRole
  /** The language they speak to the shop's bots in, where one is known. */
  readonly language: Language | null
}

/** Everybody who works for the shop, the configuration's owner included; kept in memory for when the database is away. */
export async function listStaffContacts({ db, policy }: PermissionDeps): Promise<StaffContact[]> {
  const kysely = db.getKysely()
  const ownerId = sql<string | null>`${policy.ownerTelegramId}::bigint`
  const owner = kysely
    .selectNoFrom([ownerId.$notNull().as('telegram_id'), sql.lit<StaffRole>('owner').as('role')])
    .where(ownerId, 'is not', null)
  const rows = await kysely
    .selectFrom((eb) =>
      eb
        .selectFrom('staff')
        .select(['telegram_id', 'role'])
        .where('telegram_id', 'is distinct from', ownerId)
        .unionAll(owner)
        .as('p'),
    )
    .select(['p.telegram_id', 'p.role', spokenLanguage(sql.ref('p.telegram_id')).as('language')])
    .execute()
  return rows.map(({ telegram_id, role, language }) => ({ telegramId: BigInt(telegram_id), role, language }))
}
