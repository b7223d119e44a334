import { isRelative, readImports, resolveRelative } from './imports.ts'
import { type Breach, type Files, isCode } from './source-file.ts'

/** Finds files that import one another in a circle, types included. Each circle is reported once. */
export function checkCircles(files: Files): Breach[] {
  const done = new Set<string>()
  const breaches: Breach[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (done.has(path)) return
    const start = trail.indexOf(path)
    if (start >= 0) {
      const circle = [...trail.slice(start), path].map((one) => one.split('/').at(-1))
      breaches.push({
        where: path,
        what: `imports itself through ${circle.join(' → ')}`,
        advice: 'move what both need into a file of its own',
      })
      return
    }
    for (const target of targetsOf(path, files)) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of files.keys()) if (isCode(path)) visit(path, [])
  return breaches
}

const targetsOf = (path: string, files: Files): string[] =>
  readImports(files.get(path) ?? '')
    .filter(({ specifier }) => isRelative(specifier))
    .map(({ specifier }) => resolveRelative(path, specifier))
    .filter((target) => files.has(target))
