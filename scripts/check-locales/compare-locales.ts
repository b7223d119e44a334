import { type MessageList, readMessages } from './read-messages.ts'

const languages = ['ru', 'en'] as const
const localePath = /^(.*\/locales\/)(ru|en)(\/.*\.ftl)$/

/** One line for each difference: both languages say the same things with the same variables. */
export function compareLocales(files: ReadonlyMap<string, string>): string[] {
  const found = new Map(
    [...files]
      .filter(([path]) => localePath.test(path) && !path.includes('/fixtures/'))
      .map(([path, text]) => [path, readMessages(text)]),
  )
  return [
    ...[...found].flatMap(([path, list]) => checkFile(path, list)),
    ...[...found].flatMap(([path, list]) => languages.flatMap((language) => compare(path, list, language, found))),
    ...listTwiceAcrossFiles(found),
    ...[...files].flatMap(([path, text]) => (path.includes('/locales/ru/') ? listNumberlessOnes(path, text) : [])),
  ]
}

function checkFile(path: string, { repeated, unreadable }: MessageList): string[] {
  return [
    ...repeated.map((id) => `${path}: ${id} is there twice → keep one`),
    ...unreadable.map((line) => `${path}:${line}: is not Fluent → a text that goes on is indented`),
  ]
}

function compare(path: string, list: MessageList, language: string, found: ReadonlyMap<string, MessageList>): string[] {
  const other = path.replace(localePath, `$1${language}$3`)
  if (other === path) return []
  const partner = found.get(other)
  if (!partner) return [`${other}: is missing → translate ${path}`]
  return [...list.messages].flatMap(([id, message]) => {
    const translated = partner.messages.get(id)
    if (!translated) return [`${other}: lacks ${id} → translate ${path}:${message.line}`]
    const lost = [...message.variables].filter((name) => !translated.variables.has(name))
    return lost.map((name) => `${other}:${translated.line}: ${id} lacks $${name} → ${path}:${message.line} has it`)
  })
}

/** Russian `[one]` is 1 and also 21 and 101: a variant that does not say its number is meant for 1 alone. */
function listNumberlessOnes(path: string, text: string): string[] {
  let selector = ''
  return text.split('\n').flatMap((line, index) => {
    selector = /\{ \$([a-zA-Z][\w-]*) ->/.exec(line)?.[1] ?? selector
    const variant = /\[one\](.*)/.exec(line)?.[1]
    if (variant === undefined || variant.includes(`{ $${selector} }`)) return []
    return [`${path}:${index + 1}: [one] does not say $${selector} → write [1], or the number`]
  })
}

/** The files of a language are read together: a second message of the same id would be lost. */
function listTwiceAcrossFiles(found: ReadonlyMap<string, MessageList>): string[] {
  const homes = new Map<string, string>()
  return [...found].flatMap(([path, { messages }]) => {
    const folder = path.replace(localePath, '$1$2')
    return [...messages.keys()].flatMap((id) => {
      const home = homes.get(`${folder} ${id}`)
      homes.set(`${folder} ${id}`, home ?? path)
      return home && home !== path ? [`${path}: ${id} is also in ${home} → keep one`] : []
    })
  })
}
