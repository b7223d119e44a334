export const adminRights = [
  'can_manage_chat',
  'can_change_info',
  'can_delete_messages',
  'can_invite_users',
  'can_restrict_members',
  'can_promote_members',
  'can_manage_video_chats',
  'can_pin_messages',
  'can_manage_topics',
  'can_post_messages',
  'can_edit_messages',
] as const
export type AdminRight = (typeof adminRights)[number]

export const allRights: ReadonlySet<AdminRight> = new Set(adminRights)
export const noRights: ReadonlySet<AdminRight> = new Set()
