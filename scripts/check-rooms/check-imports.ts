import { type Import, isRelative, packageName, readImports, resolveRelative } from './imports.ts'
import { adapterRooms, allowedRooms } from './rooms.ts'
import { at, type Breach, isTest, packageFolder, roomOf } from './source-file.ts'

const scope = '@vpn-kiosk/'

/** Finds imports of a room, an adapter or a package that the importing file may not use. */
export function checkImports(path: string, text: string): Breach[] {
  return readImports(text).flatMap((one) => {
    const breach = isRelative(one.specifier) ? checkRelative(path, one) : checkRoom(path, one)
    return breach ? [{ where: at(path, text, one.offset), ...breach }] : []
  })
}

type Finding = Omit<Breach, 'where'> | null

function checkRoom(path: string, { specifier }: Import): Finding {
  const target = packageName(specifier)
  if (!target?.startsWith(scope)) return null
  const from = roomOf(path)
  const to = target.slice(scope.length)
  if (to === 'devnet' && from !== 'devnet') {
    return { what: `${from || 'the root'} imports devnet`, advice: 'nobody may: devnet stands outside the business' }
  }
  if (isTest(path) || from === '' || from === to) return null
  if (to === 'app' && from !== 'devnet' && from !== 'scripts') {
    if (path === `${packageFolder(path)}/src/main.ts` && from !== 'domain') return null
    return { what: `${from} imports app`, advice: 'only main.ts may: take what is needed as an argument' }
  }
  if (allowedRooms[from]?.includes(to)) return null
  return {
    what: `${from} imports ${to}`,
    advice: `${from} may import ${allowedRooms[from]?.join(', ') || 'no room'}: the code belongs in another room, or its need in a port`,
  }
}

function checkRelative(path: string, { specifier }: Import): Finding {
  const target = resolveRelative(path, specifier)
  const folder = packageFolder(path)
  if (packageFolder(target) !== folder && folder !== '') {
    return { what: `a relative path leads out of the room to ${target}`, advice: 'import the package by its name' }
  }
  const from = adapterOf(path)
  const to = adapterOf(target)
  if (!from || !to || from === to) return null
  return {
    what: `adapter ${from} imports adapter ${to}`,
    advice: 'adapters never meet: move what both need beside them, in a file of the room',
  }
}

/** The adapter of a file: `xui` for `packages/vpn/src/xui/client.ts`; null outside the adapters' folders. */
function adapterOf(path: string): string | null {
  const [, room = '', source, folder, file] = path.split('/')
  const open = adapterRooms[room]
  if (!path.startsWith('packages/') || !open || source !== 'src' || !folder || file === undefined) return null
  return open.includes(folder) ? null : folder
}
