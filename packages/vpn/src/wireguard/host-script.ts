import { readFileSync } from 'node:fs'

/** The text of host-script.sh: a constant, into which nothing is ever substituted. */
export const hostScript: string = readFileSync(new URL('./host-script.sh', import.meta.url), 'utf8')
