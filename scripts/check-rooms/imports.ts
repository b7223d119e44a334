import { posix } from 'node:path'

export interface Import {
  /** As written: `./money.ts`, `@vpn-kiosk/domain`, `node:fs`, `pino`. */
  specifier: string
  offset: number
}

const forms = [
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
  /^[ \t]*import\s*['"]([^'"\n]+)['"]/gm,
  /\bimport\(\s*['"]([^'"\n]+)['"]/g,
  /\bresolve\(\s*['"]([^'"\n]+)['"]\s*\)/g,
]

/** Every module that a text names in `import`, `export … from`, `import()` or `resolve()`. */
export function readImports(text: string): Import[] {
  return forms.flatMap((form) =>
    [...text.matchAll(form)].map((match) => ({ specifier: match[1] ?? '', offset: match.index + match[0].length - 1 })),
  )
}

export const isRelative = (specifier: string): boolean => specifier.startsWith('.')

/** `@scope/name/part` → `@scope/name`; null for a module of Node itself or a relative path. */
export function packageName(specifier: string): string | null {
  if (isRelative(specifier) || specifier.startsWith('node:') || specifier.startsWith('/')) return null
  if (!/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(\/|$)/.test(specifier)) return null
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The path that a relative import leads to. */
export const resolveRelative = (from: string, specifier: string): string =>
  posix.normalize(posix.join(posix.dirname(from), specifier))
