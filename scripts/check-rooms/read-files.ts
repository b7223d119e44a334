import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './source-file.ts'

const skippedFolders = new Set(['node_modules', 'dist', 'coverage'])
const readable = /\.(ts|tsx|mjs|cjs|js|json|ya?ml|ftl|md|html|css|sh|sql|service|conf)$|^Caddyfile$/
const picture = /\.(png|svg)$/

/** The project's own text files, and the names of its pictures. */
export function readFiles(root: string): Files {
  const files = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory() && !skippedFolders.has(entry.name) && !entry.name.startsWith('.')) walk(path)
      // Documents show them; there is nothing in them to read.
      if (entry.isFile() && picture.test(entry.name)) files.set(path, '')
      if (entry.isFile() && readable.test(entry.name)) files.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  walk('')
  return files
}
