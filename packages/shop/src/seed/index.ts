import { seedPlans } from './seed-plans.ts'

export const seedVerbs = {
  seedPlans,
}
