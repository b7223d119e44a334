// Checks that all languages have the same messages and variables. Run: `node scripts/check-locales.ts`.
import { resolve } from 'node:path'
import { compareLocales } from './check-locales/compare-locales.ts'
import { readFiles } from './check-rooms/read-files.ts'

const differences = compareLocales(readFiles(resolve(import.meta.dirname, '..')))
for (const difference of differences) console.log(difference)
process.exitCode = differences.length === 0 ? 0 : 1
