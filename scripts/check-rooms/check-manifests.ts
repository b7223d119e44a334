import { packageName, readImports } from './imports.ts'
import { at, type Breach, type Files, isCode, isTest, packageFolder } from './source-file.ts'

interface Manifest {
  path: string
  name: string
  dependencies: string[]
  devDependencies: string[]
}

/** What a package imports is what its package.json lists: nothing unlisted, no runtime at the root. What is listed for nothing, knip finds. */
export function checkManifests(files: Files): Breach[] {
  const manifests = [...files].filter(([path]) => isManifest(path)).map(([path, text]) => readManifest(path, text))
  const root = manifests.find((manifest) => manifest.path === 'package.json')
  const rooms = manifests.filter((manifest) => manifest !== root)
  return [
    ...(root?.dependencies ?? []).map((name) => ({
      where: 'package.json',
      what: `lists ${name} as a runtime dependency`,
      advice: 'the root holds tools only: list it in the room that uses it',
    })),
    ...rooms.flatMap((manifest) => checkRoomManifest(manifest, root?.devDependencies ?? [], files)),
  ]
}

const isManifest = (path: string): boolean => path.endsWith('package.json') && !path.includes('fixtures/')

function readManifest(path: string, text: string): Manifest {
  const { name = '', dependencies = {}, devDependencies = {} }: PackageJson = JSON.parse(text)
  return { path, name, dependencies: Object.keys(dependencies), devDependencies: Object.keys(devDependencies) }
}

interface PackageJson {
  name?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

function checkRoomManifest(manifest: Manifest, tools: string[], files: Files): Breach[] {
  const folder = manifest.path.replace(/\/?package\.json$/, '')
  const own = [...files].filter(([path]) => isCode(path) && packageFolder(path) === folder && !path.endsWith('.mjs'))
  return own.flatMap(([path, text]) =>
    readImports(text).flatMap(({ specifier, offset }) => {
      const name = packageName(specifier)
      if (!name || name === manifest.name) return []
      return isListed(name, path, manifest, tools)
        ? []
        : [describeUnlisted(name, at(path, text, offset), manifest.path)]
    }),
  )
}

function isListed(name: string, path: string, manifest: Manifest, tools: string[]): boolean {
  if (manifest.dependencies.includes(name)) return true
  return isTest(path) && (manifest.devDependencies.includes(name) || tools.includes(name))
}

function describeUnlisted(name: string, where: string, manifestPath: string): Breach {
  return {
    where,
    what: `imports ${name}`,
    advice: `list it in ${manifestPath} (under devDependencies only tests may use it)`,
  }
}
