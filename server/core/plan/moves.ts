// What a plan takes off one host and puts on another. Its hosts run side by side, so who conducts them must know what waits for what: a VM on two
// hosts at once is one MAC address and one disk twice, and an address that two answer for is nobody's.

import type { Coded } from '../finding'
import { groupBy } from '../group-by'
import { type AnsweredPlace, answeredPlaceOf, isFloatingRoute, isRouterAddress } from '../host/answered'
import type { HostState, HostStateKind } from '../host/host-state'
import type { IpAddress, Route } from '../host/ip'
import { networkOfFip, qgName, qrName } from '../naming'
import { inputsOf } from '../render/side-by-side'
import { isGatewayPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { HostPlan, ResourceChange, Step } from './plan'

export interface Move {
  readonly what: 'vm' | 'address'
  /** The VM's UUID; of an address the key of what answers for it on the host that it leaves. */
  readonly id: string
  /** The same on the host where it comes to: of an address another one where its router is another, or of another kind. */
  readonly arrivalId: string
  /** "VM web-1", "floating IP 203.0.113.5", "address 203.0.113.100" */
  readonly label: string
  readonly from: string
  readonly to: string
}

interface Moved {
  readonly what: Move['what']
  readonly id: string
  readonly label: string
  /** What it is told by on other hosts: of an address that routers lead out with, in whatever network; of any other with the port that has it. */
  readonly name: string
  readonly place: AnsweredPlace | null
}

/** `ports`: of the design as it is to be, which know by what network a router leads out, and which of their interfaces are in one place. */
export function findMoves(hosts: readonly Pick<HostPlan, 'hostId' | 'changes'>[], { ports }: Pick<Topology, 'ports'>): Move[] {
  const movedBy = inOnePlace(ports)
  const moved = hosts.flatMap(({ hostId, changes }) =>
    changes.flatMap((change) => {
      const thing = movedBy(change)
      return thing ? [{ hostId, action: change.action, ...thing }] : []
    }),
  )
  const arrivals = groupBy(
    moved.filter(({ action }) => action !== 'remove'),
    ({ name }) => name,
  )
  const isSame = sameIn(ports)
  return moved
    .filter(({ action }) => action === 'remove')
    .flatMap(({ what, id, name, place, hostId: from }) => {
      const here = (arrivals.get(name) ?? []).filter((each) => isSame(place, each.place))
      const arrival = here.find((each) => each.id === id) ?? here[0]
      return arrival && arrival.hostId !== from ? [{ what, id, arrivalId: arrival.id, label: arrival.label, from, to: arrival.hostId }] : []
    })
}

/** A distributed router has the addresses of its interfaces on many hosts at once, and they move nowhere. */
function inOnePlace(ports: Topology['ports']): (change: ResourceChange) => Moved | null {
  const single = new Set(ports.filter(({ deviceOwner }) => deviceOwner === 'network:router_interface').map(({ id }) => qrName(id)))
  return ({ kind, key, label }) => {
    if (kind === 'domains') return { what: 'vm', id: key, label, name: key, place: null }
    const place = kind === 'routes' || kind === 'addresses' ? answeredPlaceOf(key) : null
    if (!place || (place.link.startsWith('qr-') && !single.has(place.link))) return null
    const { link, address, prefixLength } = place
    const name = /^(?:qr|sg)-/.test(link) ? `${link} ${address}` : address
    return { what: 'address', id: key, label: `${prefixLength === '32' ? 'floating IP' : 'address'} ${address}`, name, place }
  }
}

/** Two networks may have the same address. One that is not known, of a router that led out by it and does no more, may be any. */
function sameIn(ports: Topology['ports']): (one: AnsweredPlace | null, other: AnsweredPlace | null) => boolean {
  const networks = new Map(ports.filter(isGatewayPort).map(({ id, networkId }) => [qgName(id), networkId]))
  const networkOf = ({ netns, link }: AnsweredPlace) => networkOfFip(netns) ?? networks.get(link)
  return (one, other) => {
    if (one === null || other === null) return one === other
    const [mine, theirs] = [networkOf(one), networkOf(other)]
    return mine === undefined || theirs === undefined || mine === theirs
  }
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
/** A line of the batch in the namespace of what answers: `route del 203.0.113.5/32 dev fpr-…`. */
function says({ command }: Step, verb: 'replace' | 'del', id: string): boolean {
  const place = answeredPlaceOf(id)
  const lines = inputsOf(command).find(({ netns }) => netns === place?.netns)?.lines ?? []
  return lines.some((line) => {
    const words = line.split(' ')
    return words[1] === verb && words[2] === `${place?.address}/${place?.prefixLength}` && words[words.indexOf('dev') + 1] === place?.link
  })
}

const withdraws = (step: Step, id: string): boolean => says(step, 'del', id)

export const handsOf: Readonly<Record<Move['what'], Hands>> = {
  vm: {
    starts: (step, id) => asks(step, id, 'start', 'resume'),
    destroys: (step, id) => asks(step, id, 'destroy'),
    takesOff: (step, id) => asks(step, id, 'destroy', 'undefine'),
    toldBy: ['domains'],
    isThere: ({ domains }, id) => domains.some(({ uuid, isRunning }) => uuid === id && isRunning),
  },
  address: {
    starts: (step, id) => says(step, 'replace', id),
    destroys: withdraws,
    takesOff: withdraws,
    toldBy: ['routes', 'addresses'],
    isThere: ({ routes, addresses }, id) => {
      const place = answeredPlaceOf(id)
      const isIn = (each: Route | IpAddress, cidr: string) =>
        each.netns === place?.netns && each.link === place.link && cidr === `${place.address}/${place.prefixLength}`
      return (
        routes.some((route) => isFloatingRoute(route) && isIn(route, route.destination)) ||
        addresses.some((address) => isRouterAddress(address) && isIn(address, address.cidr))
      )
    },
  },
}

/** Why a host where something moves stops or goes back, by the fault of another one. `what`: its label; `host`: the name of the other. */
export interface MoveFailureParams {
  'not-let-go': { what: string; host: string }
  'may-run-there': { what: string; host: string }
  'other-failed': { whats: readonly string[]; host: string }
}
export type MoveFailure = Coded<MoveFailureParams>
