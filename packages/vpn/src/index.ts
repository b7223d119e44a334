export { driverKinds } from './registry.ts'
