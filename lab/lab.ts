// The practice network for programs: tests, scenarios and `npm start` use it through these functions. What each of them
// does is told where it is defined; people use the same through cli.ts.

export { labDown, labHostRestart, labUp, type LabOptions } from './up'
export { labStatus } from './status'
export { labExec, type ExecOptions } from './exec'
export { labRelay } from './relay'
export { labGuest, type GuestOptions } from './guest/agent'
export { hostImage, type HostImage } from './vm-host/image'
export { hostCmdline, type VmHostSpec } from './vm-host/cmdline'
export { LabError } from './errors'
export type { CommandOutcome, LabHost, LabOutside, LabProgress, LabStatus, LabWire, OnProgress } from './types'
