import { classifyApiError, type Logger } from '@vpn-kiosk/telegram'

const repeatAfterMs = 60_000

/** What an operator should do about a group that takes no messages. */
const advice: Readonly<Record<string, string>> = {
  not_forum: 'switch Topics on in the settings of the support group',
  no_rights: 'make the support bot an administrator of the support group who may manage topics',
  kicked: 'add the support bot to the support group as an administrator',
  chat_missing: 'check SUPPORT_GROUP_ID and that the support bot is in that group',
  migrated: 'the support group has a new id: put it into SUPPORT_GROUP_ID',
}

/** Says what keeps messages from being mirrored, each kind at most once a minute. They stay stored and are tried again. */
export function createTroubleLog(logger: Logger): (error: unknown, key: string) => void {
  const saidAt = new Map<string, number>()
  return (error, key) => {
    const { kind, description, newChatId } = classifyApiError(error)
    const now = performance.now()
    if (now - (saidAt.get(kind) ?? Number.NEGATIVE_INFINITY) < repeatAfterMs) return
    saidAt.set(kind, now)
    const fields = { kind, key, reason: description, ...(newChatId === undefined ? {} : { newChatId }) }
    const todo = advice[kind]
    logger.error(fields, `Ticket messages wait to be mirrored${todo ? `: ${todo}` : ', trying again'}`)
  }
}
