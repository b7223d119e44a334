import { type Breach, type Files, isTest } from './source-file.ts'

const verbRoom = /^packages\/shop\/src\/[a-z-]+\/(?!index\.)[a-z-]+\.ts$/
/** The simulated Telegram holds tables of methods, which go by other names. */
const namedRoom = /^(?:bots\/|scripts\/|packages\/(?!telegram-simulator\/))/
/** Names that mean the same in every bot, provider, driver and room: the folder says whose file it is. */
const commonNames = new Set([
  'index',
  'main',
  'feature',
  'views',
  'callbacks',
  'client',
  'invoices',
  'kind',
  'settings',
  'registry',
])
const exported = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm
const exportedValue = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm

/**
 * Whoever looks for a function types its name: in the room of verbs a file is called like its verb, elsewhere a file
 * with one function is called like it, or like its beginning or end (`createPoller` in `poller.ts`). Files of types
 * are free.
 */
export function checkNames(files: Files): Breach[] {
  return [...files]
    .filter(([path]) => path.endsWith('.ts') && namedRoom.test(path) && !isTest(path))
    .flatMap(([path, text]) => {
      const values = namesIn(text, exportedValue)
      const [first] = values
      const own = camelOf(path.split('/').at(-1)?.replace('.ts', '') ?? '')
      if (first === undefined || namesIn(text, exported).some((name) => isSame(name, own))) return []
      const isBreach = verbRoom.test(path) || (values.length === 1 && !isCommon(path) && !isPart(own, first))
      if (!isBreach) return []
      return [{ where: path, what: `exports no ${own}`, advice: `call it ${kebabOf(first)}.ts, or split it` }]
    })
}

const offeringFile = /^packages\/shop\/src\/[a-z-]+\/index\.ts$/

/** A folder of verbs lists what the shop offers: each verb is found under its own name. */
export function checkVerbs(files: Files): Breach[] {
  return [...files]
    .filter(([path]) => offeringFile.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/^import \{([^}]+)\} from '\.\/([a-z0-9-]+)\.ts'/gm)].flatMap(([, names = '', file = '']) =>
        (names.match(/\w+/g) ?? [])
          .filter((name) => !isSame(name, camelOf(file)))
          .map((name) => ({
            where: path,
            what: `offers ${name} from ${file}.ts`,
            advice: `move it to ${kebabOf(name)}.ts`,
          })),
      ),
    )
}

const namesIn = (text: string, form: RegExp): string[] => [...text.matchAll(form)].map((match) => match[1] ?? '')

const isSame = (name: string, own: string): boolean => name.toLowerCase() === own.toLowerCase()

function isPart(own: string, name: string): boolean {
  const [part, whole] = [own.toLowerCase(), name.toLowerCase()]
  return whole.startsWith(part) || whole.endsWith(part)
}

const isCommon = (path: string): boolean =>
  /\/(?:locales|migrations)\//.test(path) || commonNames.has(path.split('/').at(-1)?.replace('.ts', '') ?? '')

const camelOf = (kebab: string): string => kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const kebabOf = (camel: string): string =>
  camel.replace(/[A-Z]/g, (letter, at: number) => `${at ? '-' : ''}${letter.toLowerCase()}`)
