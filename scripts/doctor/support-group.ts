import type { Api } from 'grammy'
import { openBotApi, readRefusal } from './bot-api.ts'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'

const name = 'support group'

/** Checks whether the support bot can open topics in the agents' group. */
export const supportGroupCheck: Check = {
  name,
  examine: async ({ config: { telegram } }) => {
    const { supportGroupId, supportToken } = telegram
    if (supportGroupId === null) {
      const advice =
        'make a group with topics, add the support bot as an administrator, put its id into SUPPORT_GROUP_ID'
      return [
        supportToken === null
          ? notSet(name, 'SUPPORT_GROUP_ID is not set', advice)
          : wrong(name, 'SUPPORT_GROUP_ID is not set', advice),
      ]
    }
    if (supportToken === null) return [notSet(name, 'not looked at: SUPPORT_BOT_TOKEN is not set')]
    try {
      return [await examineGroup(openBotApi(supportToken, telegram.apiRoot), supportGroupId)]
    } catch (error) {
      return [explain(error)]
    }
  },
}

async function examineGroup(api: Api, groupId: number): Promise<Finding> {
  const [group, me] = await Promise.all([api.getChat(groupId), api.getMe()])
  if (group.type !== 'supergroup' || !group.is_forum) {
    return wrong(name, `"${group.title ?? groupId}" is not a forum`, 'switch on Topics in the settings of the group')
  }
  const member = await api.getChatMember(groupId, me.id)
  if (member.status !== 'administrator') {
    return wrong(
      name,
      `@${me.username} is no administrator of "${group.title}"`,
      'make it one, with the right to manage topics',
    )
  }
  if (!member.can_manage_topics) {
    return wrong(name, `@${me.username} may not manage topics in "${group.title}"`, 'give it the right "Manage topics"')
  }
  return fine(name, `"${group.title}", topics on, @${me.username} manages them`)
}

function explain(error: unknown): Finding {
  const refusal = readRefusal(error)
  if (!refusal)
    return wrong(name, 'the Bot API does not answer', 'check the network, and TELEGRAM_API_ROOT if it is set')
  if (refusal.status === 401)
    return wrong(name, 'not looked at: the token is not known', 'mend SUPPORT_BOT_TOKEN first')
  return wrong(
    name,
    `Telegram says: ${refusal.words}`,
    'SUPPORT_GROUP_ID must be the id (-100…) of a group in which the support bot is',
  )
}
