// The practice network for programs: tests, scenarios and `npm start` use it through these functions. What each of them
// does is told where it is defined; people use the same through cli.ts.

export { labDown, labHostRestart, labUp, type LabOptions } from './up'
export { labStatus } from './status'
export { labExec } from './exec'
export { labRelay } from './relay'
export { labGuest } from './guest/agent'
export { hostImage } from './vm-host/image'
export { hostCmdline } from './vm-host/cmdline'
export type { LabHost, LabStatus } from './types'
