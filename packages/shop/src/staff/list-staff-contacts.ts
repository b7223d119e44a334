import type { Language, StaffRole } from '@vpn-kiosk/domain'
import type { PermissionDeps } from './may-act.ts'
import { spokenLanguage } from './spoken-language.ts'

/** Whom of the shop's people the admin bot may write to, and how. */
export interface StaffContact {
  readonly telegramId: bigint
  readonly role: StaffRole
  /** The language they speak to the shop's bots in, where one is known. */
  readonly language: Language | null
}

interface Row {
  readonly telegram_id: string
  readonly role: StaffRole
  readonly language: Language | null
}

const statement = {
  name: 'staff contacts',
  text: `select p.telegram_id, p.role, ${spokenLanguage('p.telegram_id')} as language from (
      select telegram_id, role from staff where telegram_id is distinct from $1::bigint
      union all select $1::bigint, 'owner' where $1::bigint is not null
    ) p`,
}

/** Everybody who works for the shop, the configuration's owner included; kept in memory for when the database is away. */
export async function listStaffContacts({ db, policy }: PermissionDeps): Promise<StaffContact[]> {
  const rows = await db.read<Row>(statement, [policy.ownerTelegramId])
  return rows.map(({ telegram_id, role, language }) => ({ telegramId: BigInt(telegram_id), role, language }))
}
