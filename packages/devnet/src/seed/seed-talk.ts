import type { Language } from '@vpn-kiosk/domain'
import { cast } from '../cast.ts'
import type { Devnet } from '../create-devnet.ts'

const support = `@${cast.bots.support.username}`
const agent = cast.people.agent.id
const timeoutMs = 10_000

interface Talk {
  /** Of the seeded history. */
  readonly person: number
  readonly question: string
  /** What the agent answers; null = the ticket still waits. */
  readonly answer: string | null
  readonly thanks: string | null
}

const talks: Readonly<Record<'ru' | 'en', readonly Talk[]>> = {
  ru: [
    {
      person: 9003,
      question: 'Здравствуйте! На телефоне всё работает, а можно ещё и на ноутбук?',
      answer:
        'Здравствуйте, Екатерина! Да, подписка работает сразу на нескольких устройствах. Откройте «Мой ключ»: там есть инструкция для Windows и macOS.',
      thanks: 'Получилось, спасибо! 🙏',
    },
    { person: 9010, question: 'Подскажите, из поездки тоже можно будет подключаться?', answer: null, thanks: null },
  ],
  en: [
    {
      person: 9020,
      question: 'Hi! It works on my phone. Can I use it on my laptop too?',
      answer:
        'Hello James! Yes, one subscription covers several devices. Open “My key”: it has steps for Windows and macOS.',
      thanks: 'Got it working, thank you! 🙏',
    },
    { person: 9032, question: 'Will it also work while I am travelling?', answer: null, thanks: null },
  ],
}

/** Two tickets, one answered and one waiting, so that the support group is not empty. */
export async function seedTalk({ telegram: { people } }: Pick<Devnet, 'telegram'>, language: Language): Promise<void> {
  for (const [index, { person, question, answer, thanks }] of (language === 'ru' ? talks.ru : talks.en).entries()) {
    people.start({ person, bot: support })
    await until(() => newest(person, false) !== undefined, 'the support bot greets')
    people.sendText({ person, chat: support, text: question })
    await until(() => people.listTopics({ chat: cast.supportGroup }).length > index, 'a topic is opened')
    const topic = people.listTopics({ chat: cast.supportGroup }).at(-1)!.id
    const heard = (text: string) =>
      people
        .transcript({ person: agent, chat: cast.supportGroup, topic })
        .some((message) => message.text.includes(text))
    await until(() => heard(question), 'the question reaches the group')
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
  const deadline = performance.now() + timeoutMs
  while (!isSo()) {
    if (performance.now() > deadline)
      throw new Error(`The demo waited 10 s in vain until ${what}: see .data/logs/demo.log`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
