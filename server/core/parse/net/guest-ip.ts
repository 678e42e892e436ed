// `ip addr`, `ip route` and `ip neigh` as text: what a guest prints, where there may be no `ip -j` (busybox has none).
//
//   2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc pfifo_fast state UNKNOWN group default qlen 1000
//       link/ether fa:16:3e:5e:1a:6f brd ff:ff:ff:ff:ff:ff
//       inet 10.0.1.11/24 scope global eth0
//   10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.11
//   10.0.1.12 dev eth0 lladdr fa:16:3e:da:ec:c3 REACHABLE

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface GuestLink {
  readonly name: string
  /** Device below a VLAN device: the part behind `@`. */
  readonly parent: string | null
  readonly isUp: boolean
  readonly mtu: number
  readonly macAddress: string | null
  /** CIDR */
  readonly addresses: readonly string[]
}

type Draft = { -readonly [K in keyof GuestLink]: K extends 'addresses' ? string[] : GuestLink[K] }

const LINK = /^\d+: ([^:@\s]+)(?:@([^:\s]+))?: <([A-Z0-9_,-]*)> mtu (\d+)\b.*$/
const KNOWN = /^ +(?:valid_lft \S+ preferred_lft \S+|vlan protocol .*|altname \S+)$/

export function parseGuestAddresses(text: string, section = 'guest addresses'): Parsed<readonly GuestLink[]> {
  const links: Draft[] = []
  return takeLines<readonly GuestLink[]>(text, section, links, (line) => {
    const [, name, parent, flags = '', mtu] = LINK.exec(line) ?? []
    if (name) {
      const isUp = flags.split(',').includes('UP')
      return links.push({ name, parent: parent ?? null, isUp, mtu: Number(mtu), macAddress: null, addresses: [] }) > 0
    }
    const link = links[links.length - 1]
    return link !== undefined && (takeDetail(link, line.trimEnd()) || KNOWN.test(line.trimEnd()))
  })
}

function takeDetail(link: Draft, line: string): boolean {
  const [, kind, address] = /^ +link\/(\S+)(?: ([0-9a-f:.]+).*)?$/.exec(line) ?? []
  if (kind) link.macAddress = kind === 'ether' ? (address ?? null) : null
  // Of a link between two machines the own address comes first, with the prefix behind that of the other.
  const [, own = '', other = ''] = /^ +inet6? ([0-9a-f.:]+(?:\/\d{1,3})?)(?: peer ([0-9a-f.:]+\/\d{1,3}))? .*$/.exec(line) ?? []
  const cidr = own.includes('/') || other === '' ? own : `${own}/${other.split('/')[1]}`
  if (cidr.includes('/')) link.addresses.push(cidr)
  return kind !== undefined || cidr.includes('/')
}

export interface GuestRoute {
  readonly destination: string
  readonly via: string | null
  readonly link: string | null
  readonly source: string | null
}

/** What a route has beyond where it leads to: words with one value, and flags. */
const ATTRIBUTES =
  'dev|proto|scope|src|metric|pref|table|mtu(?: lock)?|advmss|window|rtt|initcwnd|initrwnd|hoplimit|quickack|expires|weight|realms?|tos'
const ROUTE = new RegExp(
  `^(?:(?:unreachable|blackhole|local|broadcast) )?(default|[0-9a-f.:]+(?:/\\d{1,3})?)((?: +(?:via(?: inet6?)? \\S+|(?:${ATTRIBUTES}) \\S+|linkdown|onlink|dead|error -?\\d+))*) *$`,
)

export function parseGuestRoutes(text: string, section = 'guest routes'): Parsed<readonly GuestRoute[]> {
  const routes: GuestRoute[] = []
  return takeLines<readonly GuestRoute[]>(text, section, routes, (line) => {
    const [, destination, rest = ''] = ROUTE.exec(line) ?? []
    if (!destination) return false
    const word = (name: string) => new RegExp(` ${name} (\\S+)`).exec(rest)?.[1] ?? null
    return routes.push({ destination, via: word('via(?: inet6?)?'), link: word('dev'), source: word('src') }) > 0
  })
}

export interface GuestNeighbour {
  readonly ipAddress: string
  readonly link: string
  readonly macAddress: string | null
  readonly state: string
}

const NEIGHBOUR = /^([0-9a-f.:]+) dev (\S+)(?: lladdr ([0-9a-f:]{17}))?(?: router)?(?: used \S+)?(?: (?:probes|ref) \d+)* ([A-Z]+) *$/

export function parseGuestNeighbours(text: string, section = 'guest neighbours'): Parsed<readonly GuestNeighbour[]> {
  const neighbours: GuestNeighbour[] = []
  return takeLines<readonly GuestNeighbour[]>(text, section, neighbours, (line) => {
    const [, ipAddress, link, macAddress, state] = NEIGHBOUR.exec(line) ?? []
    if (!ipAddress || !link || !state) return false
    return neighbours.push({ ipAddress, link, macAddress: macAddress ?? null, state }) > 0
  })
}
