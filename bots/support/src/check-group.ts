import { classifyApiError } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'

/** What is wrong with the support group, a sentence for the operator each; empty when all is well. */
export async function checkGroup(api: Api, groupId: number, botId: number): Promise<string[]> {
  try {
    const chat = await api.getChat(groupId)
    const member = await api.getChatMember(groupId, botId)
    const isForum = chat.type === 'supergroup' && chat.is_forum === true
    const mayManage = member.status === 'administrator' && member.can_manage_topics === true
    return [
      ...(isForum ? [] : ['the support group has no topics: switch Topics on in its settings']),
      ...(mayManage ? [] : ['the support bot must be an administrator of its group with the right to manage topics']),
    ]
  } catch (error) {
    const { kind, description } = classifyApiError(error)
    if (kind === 'unknown_outcome' || kind === 'too_many') return []
    return [
      `the support group can't be read (${description}): check SUPPORT_GROUP_ID and that the bot is in that group`,
    ]
  }
}
