// What a plan takes off one host and puts on another. Its hosts run side by side, so who conducts them must know what waits for what: a VM on two
// hosts at once is one MAC address and one disk twice, and a floating IP that two answer for is nobody's.

import type { Coded } from '../finding'
import type { HostState, HostStateKind } from '../host/host-state'
import { floatingAddressOf, isFloatingAddress, isFloatingRoute } from '../host/floating'
import type { HostPlan, ResourceChange, Step } from './plan'

export interface Move {
  readonly what: 'vm' | 'floating-ip'
  /** The VM's UUID, the address. */
  readonly id: string
  /** "VM web-1", "floating IP 203.0.113.5" */
  readonly label: string
  readonly from: string
  readonly to: string
}

export function findMoves(hosts: readonly Pick<HostPlan, 'hostId' | 'changes'>[]): Move[] {
  const moved = hosts.flatMap(({ hostId, changes }) =>
    changes.flatMap((change) => {
      const thing = thingOf(change)
      return thing ? [{ hostId, action: change.action, ...thing }] : []
    }),
  )
  const arrivals = new Map(moved.filter(({ action }) => action !== 'remove').map((each) => [each.id, each]))
  return moved
    .filter(({ action }) => action === 'remove')
    .flatMap(({ what, id, hostId: from }) => {
      const arrival = arrivals.get(id)
      return arrival && arrival.hostId !== from ? [{ what, id, label: arrival.label, from, to: arrival.hostId }] : []
    })
}

function thingOf({ kind, key, label }: ResourceChange): Pick<Move, 'what' | 'id' | 'label'> | null {
  if (kind === 'domains') return { what: 'vm', id: key, label }
  const address = kind === 'routes' || kind === 'addresses' ? floatingAddressOf(kind, key) : null
  return address === null ? null : { what: 'floating-ip', id: address, label: `floating IP ${address}` }
}

/** Hosts that moves join, directly or over others: they succeed together or are taken back together. */
export function joinedHosts(moves: readonly Move[], hostId: string): ReadonlySet<string> {
  const joined = new Set([hostId])
  for (const id of joined) for (const { from, to } of moves) if (from === id || to === id) joined.add(from).add(to)
  return joined
}

interface Hands {
  readonly starts: (step: Step, id: string) => boolean
  /** After it, nothing of it is there. */
  readonly destroys: (step: Step, id: string) => boolean
  /** After the last of them, the host has nothing of it. */
  readonly takesOff: (step: Step, id: string) => boolean
  /** Lists that tell whether it is there. */
  readonly toldBy: readonly HostStateKind[]
  readonly isThere: (state: HostState, id: string) => boolean
}

/** Libvirt is told a VM's UUID. */
const asks = ({ command: { argv } }: Step, id: string, ...words: readonly string[]): boolean =>
  argv.includes(id) && words.some((word) => argv.includes(word))
/** A line of a batch. */
const says = ({ command: { stdin = '' } }: Step, verb: 'replace' | 'del', id: string): boolean => stdin.includes(` ${verb} ${id}/32 `)

const withdraws = (step: Step, id: string): boolean => says(step, 'del', id)

export const handsOf: Readonly<Record<Move['what'], Hands>> = {
  vm: {
    starts: (step, id) => asks(step, id, 'start', 'resume'),
    destroys: (step, id) => asks(step, id, 'destroy'),
    takesOff: (step, id) => asks(step, id, 'destroy', 'undefine'),
    toldBy: ['domains'],
    isThere: ({ domains }, id) => domains.some(({ uuid, isRunning }) => uuid === id && isRunning),
  },
  'floating-ip': {
    starts: (step, id) => says(step, 'replace', id),
    destroys: withdraws,
    takesOff: withdraws,
    toldBy: ['routes', 'addresses'],
    isThere: ({ routes, addresses }, id) =>
      routes.some((route) => isFloatingRoute(route) && route.destination === `${id}/32`) ||
      addresses.some((address) => isFloatingAddress(address) && address.cidr === `${id}/32`),
  },
}

/** Why a host where something moves stops or goes back, by the fault of another one. `what`: its label; `host`: the name of the other. */
export interface MoveFailureParams {
  'not-let-go': { what: string; host: string }
  'may-run-there': { what: string; host: string }
  'other-failed': { whats: readonly string[]; host: string }
}
export type MoveFailure = Coded<MoveFailureParams>
