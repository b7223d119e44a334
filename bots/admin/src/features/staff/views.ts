import type { Id, StaffRole } from '@vpn-kiosk/domain'
import type { StaffMember } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { missingView } from '../../show-seen.ts'
import { menuRow } from '../menu/callbacks.ts'
import { addTyped, askRemoval, askStaff, openStaff, removeStaff } from './callbacks.ts'
import type { TypedPerson } from './find-typed.ts'

/** `unreachable`: those whom this bot could not tell the latest. */
export function staffView(
  t: Translator,
  members: readonly StaffMember[],
  note: string | null,
  unreachable: readonly bigint[],
): View {
  const lines = members.map((member) =>
    [
      t('staff-line', { name: member.name, role: member.role, id: String(member.telegramId) }),
      ...(unreachable.includes(member.telegramId) ? [t('staff-unreachable')] : []),
    ].join('\n'),
  )
  const rows = members.map((member) => [
    askRemoval.button(t.plain('staff-remove', { name: bounded(member.name, 30) }), { staff: member.id }),
  ])
  return {
    text: [note ?? '', t('staff-title', { count: members.length }), lines.join('\n')].filter(Boolean).join('\n\n'),
    keyboard: [
      [
        askStaff.button(t.plain('staff-add-admin'), { role: 'admin' }),
        askStaff.button(t.plain('staff-add-support'), { role: 'support' }),
      ],
      ...rows,
      menuRow(t),
    ],
  }
}

export const askingView = (t: Translator, role: Exclude<StaffRole, 'owner'>, problem?: string): View => ({
  text: [problem ?? '', t('staff-prompt', { role })].filter(Boolean).join('\n\n'),
  keyboard: [[openStaff.button(t.plain('cancel'), {})]],
})

/** What was typed by hand is shown back before it opens the shop to somebody. */
export function addingView(t: Translator, role: Exclude<StaffRole, 'owner'>, { telegramId, name }: TypedPerson): View {
  const person = name === null ? 'unknown' : 'known'
  return {
    text: t('staff-add-confirm', { role, id: String(telegramId), name: name ?? '', person }),
    keyboard: [
      [addTyped.button(t.plain('staff-add-yes'), { role, person: Number(telegramId) }, 'primary')],
      [openStaff.button(t.plain('cancel'), {})],
    ],
  }
}

export function removingView(t: Translator, members: readonly StaffMember[], id: Id<'staff'>): View {
  const member = members.find((one) => one.id === id)
  if (!member) return missingView(t)
  return {
    text: t('staff-remove-confirm', { name: member.name, role: member.role }),
    keyboard: [
      [removeStaff.button(t.plain('staff-remove-yes'), { staff: id }, 'danger')],
      [openStaff.button(t.plain('back'), {})],
    ],
  }
}
