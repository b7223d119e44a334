import { createPlan } from './create-plan.ts'
import { listPlansAsStaff } from './list-plans-as-staff.ts'
import { updatePlan } from './update-plan.ts'

export const planVerbs = {
  createPlan,
  listPlansAsStaff,
  updatePlan,
}
