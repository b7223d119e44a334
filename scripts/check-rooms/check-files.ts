import { checkCircles } from './circle-rules.ts'
import { checkImports } from './import-rules.ts'
import { checkManifests } from './manifest-rules.ts'
import { checkNames } from './name-rules.ts'
import { type Breach, type Files, isCode } from './source-file.ts'
import { checkShape, checkText } from './text-rules.ts'

/** Every breach of the rules of the house, in the order of the files. */
export function checkFiles(files: Files): Breach[] {
  const inFiles = [...files].flatMap(([path, text]) => [
    ...(isCode(path) ? checkImports(path, text) : []),
    ...checkText(path, text),
    ...checkShape(path, text),
  ])
  return [...inFiles, ...checkManifests(files), ...checkCircles(files), ...checkNames(files)]
}
