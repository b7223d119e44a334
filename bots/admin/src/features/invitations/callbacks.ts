import { choiceField, defineCallback, flagField } from '@vpn-kiosk/telegram'

const invitationFields = ['friendBonusDays', 'referralPercent', 'referralPercentSecond'] as const
export type InvitationField = (typeof invitationFields)[number]

export const openInvitations = defineCallback('invite', {})
export const askInvitation = defineCallback('invite-ask', { field: choiceField(invitationFields) })
export const rewardEach = defineCallback('invite-each', { on: flagField() })
