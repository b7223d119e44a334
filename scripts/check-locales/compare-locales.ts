import { type MessageList, readMessages } from './read-messages.ts'

/** `bots/client/src/locales/` · `ru` · `/menu.ftl` */
const localePath = /^(.*\/locales\/)([a-z]{2,3})(\/.*\.ftl)$/

type Found = ReadonlyMap<string, MessageList>

/** Returns one line for each message or variable that some language lacks. */
export function compareLocales(files: ReadonlyMap<string, string>): string[] {
  const found: Found = new Map(
    [...files]
      .filter(([path]) => localePath.test(path) && !path.includes('/fixtures/'))
      .map(([path, text]) => [path, readMessages(text)]),
  )
  const languages = new Set([...found.keys()].map(languageOf))
  return [
    ...[...found].flatMap(([path, list]) => checkFile(path, list)),
    ...[...found.keys()].flatMap((path) => [...languages].flatMap((language) => compare(path, language, found))),
    ...listTwiceAcrossFiles(found),
  ]
}

const languageOf = (path: string): string => localePath.exec(path)?.[2] ?? ''

function checkFile(path: string, { messages, repeated, unreadable }: MessageList): string[] {
  // Russian `[one]` matches 1, 21 and 101, so a variant without its number would be wrong for 21 and 101.
  const isOneMany = new Intl.PluralRules(languageOf(path)).select(21) === 'one'
  const numberless = [...messages.values()].flatMap((message) => message.numberless)
  return [
    ...repeated.map((id) => `${path}: ${id} is there twice → keep one`),
    ...unreadable.map((line) => `${path}:${line}: is not Fluent → a text that goes on is indented`),
    ...numberless
      .filter(({ variant }) => isOneMany && variant === 'one')
      .map(({ line, selector }) => `${path}:${line}: [one] does not say $${selector} → write [1], or the number`),
  ]
}

function compare(path: string, language: string, found: Found): string[] {
  const other = path.replace(localePath, `$1${language}$3`)
  if (other === path) return []
  const partner = found.get(other)
  if (!partner) return [`${other}: is missing → translate ${path}`]
  return [...(found.get(path)?.messages ?? [])].flatMap(([id, message]) => {
    const translated = partner.messages.get(id)
    if (!translated) return [`${other}: lacks ${id} → translate ${path}:${message.line}`]
    const lost = [...message.variables].filter((name) => !translated.variables.has(name))
    return lost.map((name) => `${other}:${translated.line}: ${id} lacks $${name} → ${path}:${message.line} has it`)
  })
}

/** Finds ids that two files of a language share: the files are read together, so one message would be lost. */
function listTwiceAcrossFiles(found: Found): string[] {
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
