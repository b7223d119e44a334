import { type Breach, type Files, isTest } from './source-file.ts'

const verbRoom = /^packages\/shop\/src\/[a-z-]+\/(?!index\.)[a-z-]+\.ts$/
const exported = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm
const isOfTypes = (text: string): boolean => !/^export (?:async )?(?:function|const|class) /m.test(text)

/** In the room of verbs a file is called like its verb: whoever looks for one types its name. Files of types are free. */
export function checkNames(files: Files): Breach[] {
  return [...files]
    .filter(([path]) => verbRoom.test(path) && !isTest(path))
    .flatMap(([path, text]) => {
      const names = [...text.matchAll(exported)].map((match) => match[1] ?? '')
      const own = camelOf(path.split('/').at(-1)?.replace('.ts', '') ?? '')
      const isNamed = names.some((name) => name.toLowerCase() === own.toLowerCase())
      const [first] = names
      return isOfTypes(text) || isNamed
        ? []
        : [{ where: path, what: `exports no ${own}`, advice: `call it ${kebabOf(first ?? '')}.ts, or split it` }]
    })
}

const camelOf = (kebab: string): string => kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const kebabOf = (camel: string): string =>
  camel.replace(/[A-Z]/g, (letter, at: number) => `${at ? '-' : ''}${letter.toLowerCase()}`)
