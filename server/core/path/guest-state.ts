// What a guest says about itself, through its agent, and what of that keeps it from answering or asking: its interface is missing or
// down, it has no address or another one than its port, no route, or an old entry for its peer. Known before a packet is sent, and
// the cause behind "does not answer". What a guest does not tell is no fault of it.

import type { Coded } from '../finding'
import { parseVlanConfig } from '../trunk/guest-interfaces'
import {
  type GuestLink,
  type GuestNeighbour,
  type GuestRoute,
  parseGuestAddresses,
  parseGuestNeighbours,
  parseGuestRoutes,
} from '../parse/net/guest-ip'
import { cutGuestAnswer } from '../parse/net/guest-answer'
import type { Endpoint } from './path'
import type { GuestParams } from './verdict-params'

export interface GuestState {
  /** null: it does not say. */
  readonly uptimeS: number | null
  readonly links: readonly GuestLink[]
  /** VLAN interfaces by name. */
  readonly vlans: ReadonlyMap<string, { readonly vlan: number; readonly parent: string | null }>
  readonly routes: readonly GuestRoute[]
  /** Every line about addresses, or about routes, was understood: what is not among them is not there. */
  readonly isWhole: { readonly addresses: boolean; readonly routes: boolean }
  readonly neighbours: readonly GuestNeighbour[]
}

/** The port that the guest's NIC is plugged by, and the VLAN that the guest puts on itself; 0 for none. */
export interface GuestNicPort {
  readonly macAddress: string
  readonly vlan: number
}

export type GuestFinding = Coded<GuestParams>

/** A guest with one of these sends nothing, so that there is nothing to be followed. */
const MUTE: ReadonlySet<GuestFinding['code']> = new Set<GuestFinding['code']>([
  'guest-without-nic',
  'guest-without-vlan',
  'guest-down',
  'guest-without-address',
  'guest-without-route',
])
export const isMute = ({ code }: GuestFinding): boolean => MUTE.has(code)

/** null where it answered nothing that can be read: no shell, no ip. */
export function parseGuestState(text: string): GuestState | null {
  const parts = cutGuestAnswer(text)
  const { value: links, unparsed: strange } = parseGuestAddresses(parts.get('addresses') ?? '')
  if (links.length === 0) return null
  const routes = parseGuestRoutes(parts.get('routes') ?? '')
  const uptime = Number(/^\d+/.exec(parts.get('uptime') ?? '')?.[0] ?? NaN)
  return {
    uptimeS: Number.isNaN(uptime) ? null : uptime,
    links,
    vlans: parseVlanConfig(parts.get('vlans') ?? ''),
    routes: routes.value,
    isWhole: { addresses: strange.length === 0, routes: routes.unparsed.length === 0 },
    neighbours: parseGuestNeighbours(parts.get('neighbours') ?? '').value,
  }
}

/** The addresses, without their prefix, of the interface that is the port's. */
export function guestAddresses(state: GuestState, nic: GuestNicPort): string[] {
  return (findLink(state, nic)?.addresses ?? []).map(addressOf).filter(isIpv4)
}

/** Nothing is concluded from what is not among lines of which some were not understood. */
export function judgeGuest(self: Endpoint, nic: GuestNicPort, other: Endpoint, state: GuestState): GuestFinding | null {
  const link = findLink(state, nic)
  if (!link) return isToldApart(state, nic) ? missing(self, nic, state) : null
  const lower = state.links.find(({ name }) => name === link.parent)
  const down = [lower, link].find((each) => each && !each.isUp)
  if (down) return { code: 'guest-down', params: { device: down.name, label: self.label } }
  return (
    (state.isWhole.addresses ? judgeAddress(self, link) : null) ??
    judgeRoute(self, other, state) ??
    judgeNeighbour(self, other, link, state)
  )
}

function findLink({ links, vlans }: GuestState, { macAddress, vlan }: GuestNicPort): GuestLink | undefined {
  const nic = links.find((link) => link.parent === null && isSame(link.macAddress, macAddress))
  if (vlan === 0) return nic
  return links.find(({ name, parent }) => {
    const known = vlans.get(name)
    return (
      nic !== undefined && (known ? known.vlan === vlan && known.parent === nic.name : parent === nic.name && name.endsWith(`.${vlan}`))
    )
  })
}

/** Whether each interface on the NIC shows which VLAN it is of: some kernels do not list them, and a name may say nothing. */
function isToldApart({ links, vlans, isWhole }: GuestState, { macAddress, vlan }: GuestNicPort): boolean {
  const nic = links.find((link) => link.parent === null && isSame(link.macAddress, macAddress))
  return (
    isWhole.addresses &&
    (vlan === 0 ||
      links.every(({ name, parent }) => nic === undefined || parent !== nic.name || vlans.has(name) || /\.\d{1,4}$/.test(name)))
  )
}

function missing({ label }: Endpoint, { macAddress, vlan }: GuestNicPort, { links }: GuestState): GuestFinding {
  const nic = links.find((link) => link.parent === null && isSame(link.macAddress, macAddress))
  if (nic && vlan !== 0) return { code: 'guest-without-vlan', params: { label, vlan, nic: nic.name } }
  const found = links.filter(({ name, parent }) => name !== 'lo' && parent === null).map(({ name, macAddress: mac }) => ({ name, mac }))
  return { code: 'guest-without-nic', params: { label, mac: macAddress, found } }
}

function judgeAddress({ label, ipAddress }: Endpoint, link: GuestLink): GuestFinding | null {
  const addresses = link.addresses.map(addressOf).filter(isIpv4)
  if (ipAddress === null || !isIpv4(ipAddress) || addresses.includes(ipAddress)) return null
  const where = { device: link.name, label, expected: ipAddress }
  return addresses.length === 0
    ? { code: 'guest-without-address', params: where }
    : { code: 'guest-other-address', params: { ...where, found: addresses } }
}

/** Only whether there is any way: which one the kernel takes is its own matter. A guest whose routes are not told has them. */
function judgeRoute({ label }: Endpoint, { ipAddress }: Endpoint, { routes, links, isWhole }: GuestState): GuestFinding | null {
  if (ipAddress === null || routes.length === 0 || !isWhole.routes || !isWhole.addresses) return null
  const ways = [...routes.map(({ destination }) => destination), ...links.flatMap(({ addresses }) => addresses)]
  if (ways.some((way) => way === 'default' || covers(way, ipAddress))) return null
  return { code: 'guest-without-route', params: { label, address: ipAddress } }
}

function judgeNeighbour({ label }: Endpoint, other: Endpoint, link: GuestLink, { neighbours }: GuestState): GuestFinding | null {
  const entry = neighbours.find((each) => each.ipAddress === other.ipAddress && each.link === link.name)
  if (!entry?.macAddress || isSame(entry.macAddress, other.macAddress)) return null
  const { macAddress: mac, ipAddress: address, state } = entry
  const shown = { isPermanent: state.includes('PERMANENT'), state, mac, address }
  return { code: 'guest-wrong-neighbour', params: { label, ...shown, other: other.label, expected: other.macAddress } }
}

const isSame = (left: string | null, right: string): boolean => left?.toLowerCase() === right.toLowerCase()
const addressOf = (cidr: string): string => cidr.split('/')[0] ?? ''
const isIpv4 = (address: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(address)

/** `10.0.1.0/24`, a host route without a prefix, or an address of the guest with its prefix. */
function covers(cidr: string, address: string): boolean {
  const [network = '', length = '32'] = cidr.split('/')
  if (!isIpv4(network) || !isIpv4(address)) return false
  const mask = Number(length) === 0 ? 0 : (~0 << (32 - Number(length))) >>> 0
  return (toNumber(network) & mask) >>> 0 === (toNumber(address) & mask) >>> 0
}

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
