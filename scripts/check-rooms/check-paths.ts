import { posix } from 'node:path'
import { allowedRooms } from './rooms.ts'
import { at, type Breach, type Files, packageFolder } from './source-file.ts'

/** `README.md`, `CONTRIBUTING.md` …; the history of changes names what was there once. */
const isDocument = (path: string): boolean => /(^|\/)[A-Z]+\.md$/.test(path) && path !== 'CHANGELOG.md'

const codeForm = /`([^`\n]+)`/g
const linkForm = /\]\(([^)\s]+)\)/g
const pathForm = /^[a-z0-9<{*][\w@.,<>{}*-]*(?:\/[\w@.,<>{}*-]+)*\/?$/
const fileForm = /\.(?:ts|mts|mjs|cjs|ftl|sh|css|html|md)$|\/$/
const topFolders = new Set(['packages', 'bots', 'scripts', 'deploy', 'docs'])

/**
 * Each path that a document names in backticks or links to leads to something. Its beginning may be left out
 * (`payment/settle-payment.ts`), and after a room's name its `src` (`shop/payment/settle-payment.ts`). `<noun>` and `*`
 * stand for any name, `{ru,en}` for each of these.
 */
export function checkPaths(files: Files): Breach[] {
  const places = listPlaces(files)
  const isThere = ({ path, starts }: Named): boolean =>
    spellOut(path).every((one) =>
      starts.some((start) => {
        const form = new RegExp(`${start}${toForm(one)}$`)
        return places.some((place) => form.test(place))
      }),
    )
  return [...files]
    .filter(([path]) => isDocument(path))
    .flatMap(([path, text]) => {
      const prose = text.replace(/^```.*?^```/gms, (block) => block.replace(/[^\n]/g, ' '))
      return [...namesIn(prose, path), ...linksIn(prose, path)]
        .filter((named) => !isThere(named))
        .map(({ name, offset }) => ({
          where: at(path, text, offset),
          what: `names ${name}, which is not there`,
          advice: 'name it as it is called now',
        }))
    })
}

interface Named {
  /** As the document writes it. */
  readonly name: string
  readonly path: string
  readonly offset: number
  /** What may stand before the path: regular expressions. */
  readonly starts: readonly string[]
}

function namesIn(prose: string, document: string): Named[] {
  const room = packageFolder(document)
  return [...prose.matchAll(codeForm)].flatMap(({ 1: code = '', index }) => {
    const name = code.replace(/\/$/, '')
    const [first = '', ...rest] = name.split('/')
    const isInRoom = rest.length > 0 && first in allowedRooms
    if (!pathForm.test(code) || !(fileForm.test(code) || isInRoom || topFolders.has(first))) return []
    if (topFolders.has(first)) return [{ name, path: name, offset: index, starts: ['^/'] }]
    const around = { name, path: name, offset: index, starts: room === '' ? ['/'] : [`^/${room}/(?:.*/)?`, '^/'] }
    return isInRoom ? [{ ...around, path: rest.join('/'), starts: [`^/packages/${first}/(?:src/)?`] }] : [around]
  })
}

const linksIn = (prose: string, document: string): Named[] =>
  [...prose.matchAll(linkForm)].flatMap(({ 1: target = '', index }) => {
    const [path = ''] = target.split('#')
    if (path === '' || /^[a-z]+:/.test(path)) return []
    return [{ name: target, path: posix.join(posix.dirname(document), path), offset: index, starts: ['^/'] }]
  })

/** All files, and the folders that they lie in, each with a slash before it. */
function listPlaces(files: Files): string[] {
  const places = new Set<string>()
  for (const path of files.keys())
    for (let place = path; place !== '.'; place = posix.dirname(place)) places.add(`/${place}`)
  return [...places]
}

/** `a/{b,c}` → `a/b`, `a/c`. */
function spellOut(name: string): string[] {
  const [whole, choices] = /\{([^{}]+)\}/.exec(name) ?? []
  if (whole === undefined || choices === undefined) return [name]
  return choices.split(',').flatMap((choice) => spellOut(name.replace(whole, choice)))
}

const toForm = (path: string): string => path.replaceAll('.', '\\.').replace(/<[^<>]+>|\*/g, '[^/]+')
