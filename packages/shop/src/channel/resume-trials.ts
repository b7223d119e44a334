import { SubscriptionEntity } from '@vpn-kiosk/db'
import { type ResumeTrialDeps, resumeTrial } from './resume-trial.ts'

const page = 100

/** Resumes every trial that is held, each in a transaction of its own. */
export async function resumeTrials(deps: ResumeTrialDeps): Promise<void> {
  for (let found = page; found === page; ) {
    const held = await deps.db.em().find(SubscriptionEntity, { state: 'held' }, { limit: page })
    found = held.length
    for (const { customerId } of held) await resumeTrial(deps, customerId)
  }
}
