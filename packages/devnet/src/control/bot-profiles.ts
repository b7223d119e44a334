import { z } from 'zod'
import { cast } from '../cast.ts'

const answer = z.object({ result: z.object({ description: z.string() }) })

/** What an empty chat with each bot says about it, in the language asked for. */
export async function readBotProfiles(apiRoot: string, language: string): Promise<Record<string, string>> {
  const read = async ({ token, username }: { token: string; username: string }) => {
    const response = await fetch(
      `${apiRoot}/bot${token}/getMyDescription?language_code=${encodeURIComponent(language)}`,
    )
    return [`@${username}`, answer.parse(await response.json()).result.description] as const
  }
  return Object.fromEntries(await Promise.all(Object.values(cast.bots).map(read)))
}
