/** A broken rule: what, where, and what to do about it. */
export interface Breach {
  /** Path, and the line after a colon where one is to blame. */
  where: string
  what: string
  advice: string
}

/** Paths from the root of the project, with `/`, to their text. */
export type Files = ReadonlyMap<string, string>

/** The folder of the package that a file belongs to: `packages/shop`, `bots/client`, `scripts`, or '' for the root. */
export function packageFolder(path: string): string {
  const [top = '', room] = path.split('/')
  if ((top === 'packages' || top === 'bots') && room) return `${top}/${room}`
  return top === 'scripts' ? top : ''
}

/** The short name of that package, as it stands after `@vpn-kiosk/`; '' for the root. */
export function roomOf(path: string): string {
  const folder = packageFolder(path)
  const name = folder.split('/').at(-1) ?? ''
  return folder.startsWith('bots/') ? `${name}-bot` : name
}

export const isCode = (path: string): boolean => /\.(ts|tsx|mjs|cjs|js)$/.test(path)

/** Code that never runs in a shop: tests, what they stand on, recorded answers, measurements. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) ||
  /(^|\/)(test|testing|stories|bench|storm|kills|fixtures)\//.test(folderWithin(path)) ||
  /\/src\/(testing|contract)\.ts$/.test(path)

/** `test/` right under a room's `src/` may be a provider of that name: only a room's own test folder counts. */
function folderWithin(path: string): string {
  return path.replace(/^(packages\/payments\/src\/)test\//, '$1test-provider/')
}

/** `path:line` of an offset in a text. */
export function at(path: string, text: string, offset: number): string {
  return `${path}:${text.slice(0, offset).split('\n').length}`
}

export const isUnder = (path: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))
