// All languages say the same things with the same variables: `node scripts/check-locales.ts`. One line a difference.
import { resolve } from 'node:path'
import { compareLocales } from './check-locales/compare-locales.ts'
import { readFiles } from './check-rooms/read-files.ts'

const differences = compareLocales(readFiles(resolve(import.meta.dirname, '..')))
for (const difference of differences) console.log(difference)
process.exitCode = differences.length === 0 ? 0 : 1
