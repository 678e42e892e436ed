// Questions that the path asks of one observation, answered from indexes that are built when first asked for: a host may have tens of
// thousands of flows, and is often asked for its ports alone, or for the same bridge several times. Read only; nothing here judges.

import { groupBy } from '../group-by'
import type { Domain } from '../host/domain'
import type { Flow } from '../host/flow'
import { linkKey, type Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import type { HostStateKind } from '../host/host-state'
import type { ReadingScope, UnknownPart } from '../host/unknown-part'
import { unknownPartOf } from '../host/unknown-parts'
import { ovsPortKey, type OvsBridge, type OvsPort } from '../host/ovs'

export class HostView {
  #links: ReadonlyMap<string, Link> | undefined
  #moved: ReadonlyMap<string, Link> | undefined
  #bridges: ReadonlyMap<string, OvsBridge> | undefined
  #ports: ReadonlyMap<string, OvsPort> | undefined
  #portsByName: ReadonlyMap<string, OvsPort> | undefined
  #portsByBridge: ReadonlyMap<string, readonly OvsPort[]> | undefined
  #flows: ReadonlyMap<string, readonly Flow[]> | undefined
  /** Bridges whose flows somebody looked at. */
  readonly flowsAskedOf = new Set<string>()

  constructor(readonly observation: HostObservation) {}

  /** Why an absence of this kind means nothing here; null where everything of it was read. */
  unknownPart(kind: HostStateKind, place?: ReadingScope): UnknownPart | null {
    return unknownPartOf(this.observation, kind, place)
  }

  link(netns: string, name: string): Link | undefined {
    this.#links ??= new Map(this.observation.state.links.map((link) => [linkKey(link), link]))
    return this.#links.get(linkKey({ netns, name }))
  }

  /** A port of Open vSwitch that was moved into a namespace keeps its name, which is unique in one OVSDB. */
  movedLink(name: string): Link | undefined {
    this.#moved ??= new Map(this.observation.state.links.flatMap((link) => (link.netns === '' ? [] : [[link.name, link] as const])))
    return this.#moved.get(name)
  }

  bridge(name: string): OvsBridge | undefined {
    this.#bridges ??= new Map(this.observation.state.ovsBridges.map((bridge) => [bridge.name, bridge]))
    return this.#bridges.get(name)
  }

  port(bridge: string, name: string): OvsPort | undefined {
    this.#ports ??= new Map(this.ports.map((port) => [ovsPortKey(port), port]))
    return this.#ports.get(ovsPortKey({ bridge, name }))
  }

  /** A port name is unique in one OVSDB, whatever bridge holds it. */
  portAnywhere(name: string): OvsPort | undefined {
    this.#portsByName ??= new Map(this.ports.map((port) => [port.name, port]))
    return this.#portsByName.get(name)
  }

  portsOf(bridge: string): readonly OvsPort[] {
    this.#portsByBridge ??= groupBy(this.ports, (port) => port.bridge)
    return this.#portsByBridge.get(bridge) ?? []
  }

  get ports(): readonly OvsPort[] {
    return this.observation.state.ovsPorts
  }

  flowsOf(bridge: string): readonly Flow[] {
    this.#flows ??= groupBy(this.observation.state.flows, (flow) => flow.bridge)
    this.flowsAskedOf.add(bridge)
    return this.#flows.get(bridge) ?? []
  }

  domain(uuid: string): Domain | undefined {
    return this.observation.state.domains.find((domain) => domain.uuid === uuid)
  }

  /** The device of the root namespace that holds an address, whatever its prefix length. */
  linkWithAddress(address: string): string | undefined {
    const { addresses } = this.observation.state
    return addresses.find(({ netns, cidr }) => netns === '' && cidr.split('/')[0] === address)?.link
  }

  hasAddress(netns: string, link: string, address: string): boolean {
    const { addresses } = this.observation.state
    return addresses.some((each) => each.netns === netns && each.link === link && each.cidr.split('/')[0] === address)
  }
}
