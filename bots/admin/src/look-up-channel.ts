import type { RequiredChannel } from '@vpn-kiosk/domain'
import { type ApiFailureKind, classifyApiError } from '@vpn-kiosk/telegram'
import { Api } from 'grammy'

export type LookedUpChannel =
  | { readonly kind: 'found'; readonly channel: RequiredChannel }
  /** `not_found`: Telegram shows the client bot no such chat. `no_link`: private, and the bot may invite nobody. */
  | { readonly kind: 'not_found' | 'not_a_channel' | 'not_admin' | 'no_link' | 'no_answer' }

/** `chat`: an id, or a public name with its `@`. */
export type LookUpChannel = (chat: string) => Promise<LookedUpChannel>

const timeoutSeconds = 15

/** Asks as the client bot: it is the one that has to see who is in the channel. */
export function lookUpChannel(clientToken: string, apiRoot?: string): LookUpChannel {
  const api = new Api(clientToken, { timeoutSeconds, ...(apiRoot ? { apiRoot } : {}) })
  const botId = Number(clientToken.split(':')[0])
  return async (name) => {
    try {
      const chat = await api.getChat(name)
      if (chat.type !== 'channel' && chat.type !== 'supergroup') return { kind: 'not_a_channel' }
      const member = await api.getChatMember(chat.id, botId)
      if (member.status !== 'administrator') return { kind: 'not_admin' }
      const link = chat.username ? `https://t.me/${chat.username}` : (chat.invite_link ?? (await invite(api, chat.id)))
      if (link === null) return { kind: 'no_link' }
      return { kind: 'found', channel: { chatId: String(chat.id), title: chat.title, link } }
    } catch (error) {
      return { kind: kindOf(classifyApiError(error).kind) }
    }
  }
}

async function invite(api: Api, chatId: number): Promise<string | null> {
  try {
    return (await api.createChatInviteLink(chatId)).invite_link
  } catch (error) {
    if (classifyApiError(error).kind === 'no_rights') return null
    throw error
  }
}

const silent: readonly ApiFailureKind[] = ['unknown_outcome', 'too_many', 'unauthorized']

function kindOf(failure: ApiFailureKind): 'no_answer' | 'not_found' | 'not_admin' {
  if (silent.includes(failure)) return 'no_answer'
  return failure === 'chat_missing' ? 'not_found' : 'not_admin'
}
