// What no port of the trunk accounts for: strangers on the trunk bridge, patch ports on br-int that lead nowhere (Neutron's agents
// leave tpi- and spi- with tag 4095 when a VM is deleted: docs/reference/trunks.md), trunk bridges of nobody, frames of nobody.

import type { Subject } from '../finding'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, qvoName, trunkBridgeName } from '../naming'
import { ovsPortSubject, trunkSubject } from '../plan/subjects'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { AuditOddity } from './audit'
import { type AuditContext, leadsTo } from './audit-hops'
import type { Found, PatchPair, TrunkHost } from './patch-pair'

export function auditOddities(context: AuditContext, trunk: Trunk, pairs: readonly PatchPair[]): AuditOddity[] {
  const { host } = context
  if (!host) return []
  return [...strangersOnBridge(host, trunk, pairs), ...deadEnds(host), ...strangeBridges(host), ...strays(context, host, trunk)]
}

function strangersOnBridge({ state, bridge }: TrunkHost, trunk: Trunk, pairs: readonly PatchPair[]): AuditOddity[] {
  const known = new Set([bridge, qvoName(trunk.portId), ...pairs.map(({ outer }) => outer)])
  return state.ovsPorts
    .filter((port) => port.bridge === bridge && !known.has(port.name))
    .map((port) => {
      const portId = port.interface.externalIds['iface-id']
      const isSubPort = port.name.startsWith('spt-') && portId !== undefined
      return odd(
        port,
        isSubPort ? { code: 'subport-of-nobody', params: { bridge, portId } } : { code: 'stranger-on-bridge', params: { bridge } },
      )
    })
}

const TRUNK_END = /^(tpi|spi)-/

function deadEnds({ state }: TrunkHost): AuditOddity[] {
  const names = new Set(state.ovsPorts.map(({ name }) => name))
  return state.ovsPorts
    .filter(
      ({ bridge, name, interface: { options } }) =>
        bridge === INTEGRATION_BRIDGE && TRUNK_END.test(name) && !names.has(options['peer'] ?? ''),
    )
    .map((port) => odd(port, { code: 'patch-to-nothing', params: { tag: port.tag } }))
}

function strangeBridges({ state, topology }: TrunkHost): AuditOddity[] {
  const known = new Set(topology.trunks.map(({ id }) => trunkBridgeName(id)))
  return state.ovsBridges
    .filter(({ name }) => name.startsWith('tbr-') && !known.has(name))
    .map(({ name, owner }) =>
      oddity(
        { bridge: name, device: name, isOurs: owner !== null },
        { kind: 'ovsBridges', id: name, name },
        { code: 'bridge-of-nobody', params: {} },
      ),
    )
}

function strays(context: AuditContext, host: TrunkHost, trunk: Trunk): AuditOddity[] {
  const { sent, guest } = context
  const subject = trunkSubject(host.topology, trunk)
  const inGuest = (found: Found) => oddity({ bridge: host.bridge, device: null, isOurs: false }, subject, found)
  const tagged = (guest?.strays ?? []).filter(({ vlan }) => vlan !== 0)
  return [
    ...tagged.map(({ name, vlan }) =>
      inGuest({ code: 'stray-interface', params: { device: name, vlan, leadsTo: leadsTo(context, vlan) } }),
    ),
    ...(sent?.strays ?? []).map(({ vlan, macAddress, frames }) =>
      inGuest({ code: 'stray-frames', params: { vlan, mac: macAddress, frames, leadsTo: leadsTo(context, vlan) } }),
    ),
  ]
}

const odd = (port: OvsPort, found: Found): AuditOddity =>
  oddity({ bridge: port.bridge, device: port.name, isOurs: port.owner !== null }, ovsPortSubject(port), found)

const oddity = (place: Omit<AuditOddity, 'finding'>, subject: Subject, found: Found): AuditOddity => ({
  ...place,
  finding: { severity: 'warning', subject, ...found },
})
