import { clockOwners, environmentReaders, forbiddenFolders, lineLimit, printers } from './rooms.ts'
import { at, type Breach, isCode, isTest, isUnder } from './source-file.ts'

interface TextRule {
  pattern: RegExp
  appliesTo: (path: string) => boolean
  what: string
  advice: string
}

const rules: readonly TextRule[] = [
  {
    pattern: /\bprocess\.env\b|\bprocess\[['"]env['"]\]/g,
    appliesTo: (path) => isCode(path) && !isTest(path) && !isUnder(path, environmentReaders),
    what: 'reads process.env',
    advice: 'the environment is read once, in packages/app/src/config.ts: take the value as an argument',
  },
  {
    pattern: /\bnew Date\(\s*\)|\bDate\.now\(/g,
    appliesTo: (path) => isCode(path) && !isTest(path) && !isUnder(path, clockOwners),
    what: 'asks the machine for the time',
    advice: 'take a Clock and call clock.now()',
  },
  {
    pattern: /[\u0400-\u04ff]/g,
    appliesTo: (path) => !isTest(path) && !path.endsWith('.md') && !/(^|\/)(locales|seed|page)\//.test(path),
    what: 'holds Cyrillic text',
    advice: 'words that people read live in locales/',
  },
  {
    pattern: /(?<![\w.'"`])console\.\w+/g,
    appliesTo: (path) => isCode(path) && !isTest(path) && !isUnder(path, printers),
    what: 'prints to the console',
    advice: 'take a logger, or return the text to a script that prints it',
  },
  {
    pattern:
      /\b\w*Notices?(?![a-z])\w*|\bcancell(?:ed|ing)\b|_notices\b|\bsee[A-Z]\w*(?=\()|\b(?:audience|backUp|doorbell|repairDrift)\b|\bgrant(?:Access|-access)\b/g,
    appliesTo: (path) => isCode(path) && !/(^|\/)(migrations|upgrade)\/|\/earlier-/.test(path),
    what: 'uses a word that another one replaces',
    advice:
      'say notification or webhook, canceled, get or find, recipients, backup, reconcile, provision: CONTRIBUTING.md',
  },
  {
    pattern: /^\s+(?:readonly )?stop(?:\([^)]*\)|: \([^)]*\) =>)/gm,
    appliesTo: (path) => isCode(path) && !isTest(path),
    what: 'ends what was opened with a verb of its own',
    advice: 'call it close(), as everywhere',
  },
  {
    pattern: /^(?:export )?const [A-Z][A-Z0-9_]+\b/gm,
    appliesTo: isCode,
    what: 'names a constant in capitals',
    advice: 'write it like any other value: pollMs, not POLL_MS',
  },
  {
    pattern: /[!=]== '(?:en|ru)'/g,
    appliesTo: (path) =>
      isCode(path) && !isTest(path) && !/domain\/src\/language\/|\/(?:seed|testing|page)\//.test(path),
    what: 'asks for a language by name',
    advice: 'use textIn, nearestLanguage or t.languages: a language is a folder of locales',
  },
  {
    pattern: /\brunStatement\b|\bem(?:\(\))?\s*\.execute\b|\.execute(?:<[^()]*>)?\(\s*[`'"]/g,
    appliesTo: (path) =>
      isCode(path) && !isTest(path) && /(^|\/)src\/|^scripts\//.test(path) && !/\/migrations\//.test(path),
    what: 'asks the database with an untyped text',
    advice:
      'em.getKysely() knows the tables; a `sql` fragment or template inside it where Postgres alone has the words',
  },
  {
    pattern: /@ts-(?:ignore|nocheck|expect-error)/g,
    appliesTo: isCode,
    what: 'silences the type checker',
    advice: 'give the value its type',
  },
]

/** What a file's text must not hold: one breach a rule and file, at its first place. */
export function checkText(path: string, text: string): Breach[] {
  // This folder has to spell what it looks for.
  if (path.startsWith('scripts/check-rooms')) return []
  return rules.flatMap(({ pattern, appliesTo, what, advice }) => {
    const found = appliesTo(path) ? text.matchAll(pattern).next().value : undefined
    return found ? [{ where: at(path, text, found.index), what, advice }] : []
  })
}

/** A file's length and the names of its folders. */
export function checkShape(path: string, text: string): Breach[] {
  const breaches: Breach[] = []
  const lines = text.trimEnd().split('\n').length
  const isWritten = /\.(ts|tsx|mjs|cjs|js|css|html|sh)$/.test(path) && !/(^|\/)(migrations|fixtures)\//.test(path)
  if (isWritten && lines > lineLimit) {
    breaches.push({ where: path, what: `has ${lines} lines`, advice: `split it by meaning: ${lineLimit} is the limit` })
  }
  const folder = path
    .split('/')
    .slice(0, -1)
    .find((name) => forbiddenFolders.includes(name))
  if (folder) {
    breaches.push({
      where: path,
      what: `lies in a folder named ${folder}`,
      advice: 'name the folder after what lives there',
    })
  }
  return breaches
}
