// One host's state, indexed by what a packet asks for. Parts that few packets need (routing tables, rules of iptables, the switch) are
// prepared when the first one asks.

import { groupBy } from '../../group-by'
import type { Domain, DomainInterface } from '../../host/domain'
import type { HostState, HostStateKind } from '../../host/host-state'
import type { IpAddress } from '../../host/ip'
import { ipsetKey, type Ipset } from '../../host/ipset'
import type { BridgeMac, Neighbour } from '../../host/learned'
import type { Link, LinkFacts } from '../../host/link'
import { neighbourKey } from '../../host/neighbour'
import { devicesOf, type OvsPort } from '../../host/ovs'
import type { ReadingScope, UnknownPart } from '../../host/unknown-part'
import { DOT1AD, DOT1Q, type VlanTag } from '../frame'
import { buildSwitch, type Switch } from '../openflow/switch'
import type { SwitchMemory } from '../openflow/table-memory'
import { buildRuleset, type Ruleset } from './netfilter/ruleset'
import { buildRouting, type Routing } from './stack/routing'

export interface WalkHost {
  readonly hostId: string
  readonly name: string
  readonly state: HostState
  /** Why what there is of a kind in a place is not known; null when it is (host/unknown-parts.ts). */
  unread(kind: HostStateKind, place?: ReadingScope): UnknownPart | null
}

export class Host {
  readonly hostId: string
  readonly state: HostState
  /** As in the state; each has a MAC address. */
  readonly links: readonly Link[]
  readonly #host: WalkHost
  readonly #links: ReadonlyMap<string, Link>
  readonly #ports: ReadonlyMap<string, readonly Link[]>
  readonly #vlans: ReadonlyMap<string, Link>
  readonly #shared: ReadonlySet<string>
  readonly #addresses: ReadonlyMap<string, readonly IpAddress[]>
  readonly #sysctls: ReadonlyMap<string, string>
  readonly #ovsPorts: ReadonlyMap<string, OvsPort>
  readonly #taps: ReadonlyMap<string, { readonly domain: Domain; readonly nic: DomainInterface }>
  readonly #proxied: ReadonlySet<string>
  readonly #neighbours: ReadonlyMap<string, Neighbour>
  readonly #bridgeMacs: ReadonlyMap<string, BridgeMac> | null
  /** Namespaces whose bridges were asked. */
  readonly #bridgePlaces: ReadonlySet<string>
  readonly #ipsets: ReadonlyMap<string, Ipset>
  readonly #rulesets = new Map<string, Ruleset>()
  readonly #routing = new Map<string, Routing>()
  #switch: Switch | null = null

  constructor(
    host: WalkHost,
    private readonly memory: SwitchMemory,
  ) {
    const { state } = host
    this.#host = host
    this.hostId = host.hostId
    this.state = state
    this.links = state.links.map((link) => (link.macAddress === undefined ? { ...link, macAddress: madeUpMac(host.hostId, link) } : link))
    this.#links = new Map(this.links.map((link) => [`${link.netns}/${link.name}`, link]))
    this.#ports = groupBy(
      this.links.filter(({ master }) => master),
      ({ netns, master }) => `${netns}/${master}`,
    )
    this.#vlans = new Map(
      this.links.flatMap((link) =>
        link.vlan ? [[`${link.netns}/${link.vlan.lower}/${link.vlan.isService ? DOT1AD : DOT1Q}/${link.vlan.id}`, link] as const] : [],
      ),
    )
    this.#shared = new Set(
      this.links.flatMap(({ netns, observed }) =>
        observed?.linkIndex !== undefined && SHARING.test(observed.kind) ? [sharedKey(netns, observed)] : [],
      ),
    )
    this.#addresses = groupBy(state.addresses, ({ netns }) => netns)
    this.#sysctls = new Map(state.sysctls.map(({ netns, key, value }) => [`${netns}:${key}`, value]))
    const held = state.ovsPorts.filter((port) => port.interface.type !== 'patch')
    this.#ovsPorts = new Map(held.flatMap((port) => devicesOf(port).map((name) => [name, port] as const)))
    this.#taps = new Map(
      state.domains.flatMap((domain) =>
        domain.interfaces.flatMap((nic) => (nic.target === null ? [] : [[nic.target, { domain, nic }] as const])),
      ),
    )
    // A design has the permanent ones; a reading has them among all.
    const neighbours = [...state.neighbours.map((each) => ({ ...each, isPermanent: true })), ...(state.learned?.neighbours ?? [])]
    this.#neighbours = new Map(neighbours.map((each) => [neighbourKey(each), each]))
    this.#proxied = new Set(state.learned?.proxied?.map(neighbourKey))
    const macs = state.learned?.bridgeMacs
    // Those of a VLAN matter to bridges that look at VLANs, which are not followed.
    const untagged = macs?.filter(({ vlan }) => vlan === null)
    this.#bridgeMacs = untagged ? new Map(untagged.map((each) => [`${each.netns}/${each.bridge}/${each.macAddress}`, each])) : null
    this.#bridgePlaces = new Set(['', ...(macs ?? []).map(({ netns }) => netns)])
    this.#ipsets = new Map(state.ipsets.map((each) => [ipsetKey(each), each]))
  }

  unread(kind: HostStateKind, place?: ReadingScope): UnknownPart | null {
    return this.#host.unread(kind, place)
  }

  link(netns: string, name: string): Link | undefined {
    return this.#links.get(`${netns}/${name}`)
  }

  portsOf({ netns, name }: Link): readonly Link[] {
    return this.#ports.get(`${netns}/${name}`) ?? []
  }

  vlanOn({ netns, name }: Link, { tpid, vlanId }: VlanTag): Link | undefined {
    return this.#vlans.get(`${netns}/${name}/${tpid}/${vlanId}`)
  }

  /** Other devices with MACs of their own may take its frames. */
  isShared({ netns, observed }: Link): boolean {
    return observed !== undefined && ['', `${netns}/`].some((place) => this.#shared.has(`${place}${observed.ifindex}`))
  }

  addresses(netns: string): readonly IpAddress[] {
    return this.#addresses.get(netns) ?? []
  }

  /** Slash form, as HostState has it. undefined: not read, or not there. */
  sysctl(netns: string, key: string): string | undefined {
    return this.#sysctls.get(`${netns}:${key}`)
  }

  /** Devices of Open vSwitch's datapath are in the root namespace; internal ports may be moved. */
  ovsPortOf({ netns, name, type }: Link): OvsPort | undefined {
    return netns === '' || type === 'ovs-internal' ? this.#ovsPorts.get(name) : undefined
  }

  /** The VM behind a tap. */
  guestOf({ netns, name }: Link): { readonly domain: Domain; readonly nic: DomainInterface } | undefined {
    return netns === '' ? this.#taps.get(name) : undefined
  }

  neighbour(netns: string, link: string, address: string): Neighbour | undefined {
    return this.#neighbours.get(neighbourKey({ netns, link, address }))
  }

  /** It answers ARP for it (pneigh_lookup). */
  isProxied(netns: string, link: string, address: string): boolean {
    return this.#proxied.has(neighbourKey({ netns, link, address }))
  }

  /** undefined: not learned. null: nobody read the table. */
  bridgeMac({ netns, name }: Link, mac: string): BridgeMac | undefined | null {
    return this.#bridgeMacs === null || !this.#bridgePlaces.has(netns) ? null : this.#bridgeMacs.get(`${netns}/${name}/${mac}`)
  }

  ipset(netns: string, name: string): Ipset | undefined {
    return this.#ipsets.get(ipsetKey({ netns, name }))
  }

  ruleset(netns: string, family: Ruleset['family']): Ruleset {
    return remember(this.#rulesets, `${netns}/${family}`, () =>
      buildRuleset(
        this.state.iptables.filter((chain) => chain.netns === netns && chain.family === family),
        family,
      ),
    )
  }

  routing(netns: string): Routing {
    return remember(this.#routing, netns, () => buildRouting(this.state, netns))
  }

  get switch(): Switch {
    const { ovsBridges: bridges, ovsPorts: ports, flows, learned } = this.state
    this.#switch ??= buildSwitch(
      { bridges, ports, flows, ...learned, unreadFlows: (bridge) => this.unread('flows', { bridge })?.section ?? null },
      this.memory,
    )
    return this.#switch
  }
}

const SHARING = /^(?:macvlan|macvtap|ipvlan|ipvtap)$/

/** Of a device whose lower one is in another namespace only the number is known. */
const sharedKey = (netns: string, { linkIndex, linkNetnsId }: LinkFacts): string =>
  linkNetnsId === undefined ? `${netns}/${linkIndex}` : String(linkIndex)

/** A design leaves most MACs to the kernel. A packet needs some: the same for the same device, and nobody else's. */
function madeUpMac(hostId: string, { netns, name }: Link): string {
  const octets = [0, 0, 0, 0, 0]
  for (const [at, character] of [...`${hostId}/${netns}/${name}`].entries())
    octets[at % 5] = ((octets[at % 5] ?? 0) * 31 + character.charCodeAt(0) + at) & 255
  return ['02', ...octets.map((octet) => octet.toString(16).padStart(2, '0'))].join(':')
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
