import { findTrial } from './find-trial.ts'
import { resetTrial } from './reset-trial.ts'
import { startTrial } from './start-trial.ts'

export const trialVerbs = {
  findTrial,
  resetTrial,
  startTrial,
}
