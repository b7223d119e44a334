import { cast } from '../cast.ts'
import type { Devnet } from '../create-devnet.ts'

const support = `@${cast.bots.support.username}`
const agent = cast.people.agent.id
const patienceMs = 10_000

interface Talk {
  /** Of the seeded history. */
  readonly person: number
  readonly says: readonly string[]
  /** What the agent answers; null = the ticket still waits. */
  readonly answer: string | null
  readonly thanks?: string
}

const talks: readonly Talk[] = [
  {
    person: 9003,
    says: ['Здравствуйте! Оплатила вчера, на телефоне работает, а можно ещё и на ноутбук?'],
    answer:
      'Здравствуйте, Екатерина! Да, в подписку входят три устройства. Откройте «Мой ключ» — там инструкция для Windows и macOS.',
    thanks: 'Получилось, спасибо! 🙏',
  },
  {
    person: 9010,
    says: ['Подскажите, Netflix через нидерландский сервер откроется?'],
    answer: null,
  },
]

/** Two tickets, one answered and one waiting, so that the support group is not empty. */
export async function seedTalk({ telegram: { people } }: Pick<Devnet, 'telegram'>): Promise<void> {
  for (const [index, { person, says, answer, thanks }] of talks.entries()) {
    people.start({ person, bot: support })
    await until(() => newest(person, false) !== undefined, 'the support bot greets')
    for (const text of says) people.sendText({ person, chat: support, text })
    await until(() => people.listTopics({ chat: cast.supportGroup }).length > index, 'a topic is opened')
    const topic = people.listTopics({ chat: cast.supportGroup }).at(-1)!.id
    const heard = (text: string) =>
      people
        .transcript({ person: agent, chat: cast.supportGroup, topic })
        .some((message) => message.text.includes(text))
    await until(() => heard(says.at(-1)!), 'the question reaches the group')
    if (answer === null) continue
    people.sendText({ person: agent, chat: cast.supportGroup, topic, text: answer })
    await until(() => newest(person, false)?.text.includes(answer) ?? false, 'the answer reaches the customer')
    if (thanks) people.sendText({ person, chat: support, text: thanks })
  }

  function newest(person: number, isMine: boolean) {
    return people.transcript({ person, chat: support }).findLast((message) => message.isMine === isMine)
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!isSo()) {
    if (performance.now() > deadline)
      throw new Error(`The demo waited 10 s in vain until ${what}: see .data/logs/demo.log`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
