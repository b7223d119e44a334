import { checkCircles } from './check-circles.ts'
import { checkImports } from './check-imports.ts'
import { checkManifests } from './check-manifests.ts'
import { checkNames, checkVerbs } from './check-names.ts'
import { checkPaths } from './check-paths.ts'
import { checkShape, checkText } from './check-text.ts'
import { type Breach, type Files, isCode } from './source-file.ts'

/** Every breach of the project's rules, in the order of the files. */
export function checkFiles(files: Files): Breach[] {
  const inFiles = [...files].flatMap(([path, text]) => [
    ...(isCode(path) ? checkImports(path, text) : []),
    ...checkText(path, text),
    ...checkShape(path, text),
  ])
  return [
    ...inFiles,
    ...checkManifests(files),
    ...checkCircles(files),
    ...checkNames(files),
    ...checkVerbs(files),
    ...checkPaths(files),
  ]
}
