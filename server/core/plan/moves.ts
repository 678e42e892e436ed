// VMs that a plan takes off one host and puts on another: a cold move. Its hosts run side by side, so who conducts them must know what waits
// for what: a VM on two hosts at once is one MAC address and one disk twice.

import type { Coded } from '../finding'
import type { HostPlan, Step } from './plan'

export interface Move {
  readonly vmId: string
  /** "VM web-1" */
  readonly label: string
  readonly from: string
  readonly to: string
}

export function findMoves(hosts: readonly Pick<HostPlan, 'hostId' | 'changes'>[]): Move[] {
  const domains = hosts.flatMap(({ hostId, changes }) =>
    changes.flatMap((change) => (change.kind === 'domains' ? [{ hostId, ...change }] : [])),
  )
  const arrivals = new Map(domains.filter(({ action }) => action !== 'remove').map((change) => [change.key, change]))
  return domains
    .filter(({ action }) => action === 'remove')
    .flatMap(({ key, hostId: from }) => {
      const arrival = arrivals.get(key)
      return arrival ? [{ vmId: key, label: arrival.label, from, to: arrival.hostId }] : []
    })
}

/** Hosts that moves join, directly or over others: they succeed together or are taken back together. */
export function joinedHosts(moves: readonly Move[], hostId: string): ReadonlySet<string> {
  const joined = new Set([hostId])
  for (const id of joined) for (const { from, to } of moves) if (from === id || to === id) joined.add(from).add(to)
  return joined
}

/** What a step does with a VM that runs or may run; libvirt is told its UUID. */
const asks = ({ command: { argv } }: Step, vmId: string, ...words: readonly string[]): boolean =>
  argv.includes(vmId) && words.some((word) => argv.includes(word))

export const starts = (step: Step, vmId: string): boolean => asks(step, vmId, 'start', 'resume')
/** After it, nothing of the VM runs. */
export const destroys = (step: Step, vmId: string): boolean => asks(step, vmId, 'destroy')
/** After the last of them, the host has nothing of the VM. */
export const takesOff = (step: Step, vmId: string): boolean => asks(step, vmId, 'destroy', 'undefine')

/** Why a host whose VMs move stops or goes back, by the fault of another one. `vm`: its label; `host`: the name of the other. */
export interface MoveFailureParams {
  'not-let-go': { vm: string; host: string }
  'may-run-there': { vm: string; host: string }
  'other-failed': { vms: readonly string[]; host: string }
}
export type MoveFailure = Coded<MoveFailureParams>
