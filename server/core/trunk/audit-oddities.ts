// What no port of the trunk accounts for: strangers on the trunk bridge, patch ports on br-int that lead nowhere (Neutron's agents
// leave tpi- and spi- with tag 4095 when a VM is deleted, reference §19), trunk bridges of nobody, frames of nobody.

import { auditWords, oddityWords } from '../explain/trunk-audit'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, qvoName, trunkBridgeName } from '../naming'
import type { Trunk } from '../topology/topology'
import { type AuditContext, whereTo } from './audit-hops'
import type { AuditOddity } from './audit'
import type { PatchPair, TrunkHost } from './patch-pair'

export function auditOddities(context: AuditContext, trunk: Trunk, pairs: readonly PatchPair[]): AuditOddity[] {
  const { host } = context
  if (!host) return []
  return [...strangersOnBridge(host, trunk, pairs), ...deadEnds(host), ...strangeBridges(host), ...strays(context, host)]
}

function strangersOnBridge({ state, bridge }: TrunkHost, trunk: Trunk, pairs: readonly PatchPair[]): AuditOddity[] {
  const known = new Set([bridge, qvoName(trunk.portId), ...pairs.map(({ outer }) => outer)])
  return state.ovsPorts
    .filter((port) => port.bridge === bridge && !known.has(port.name))
    .map((port) => {
      const portId = port.interface.externalIds['iface-id']
      const isSubPort = port.name.startsWith('spt-') && portId !== undefined
      return odd(port, isSubPort ? oddityWords.extraSubPort(port.name, bridge, portId) : oddityWords.strangerOnBridge(port.name, bridge))
    })
}

const TRUNK_END = /^(tpi|spi)-/

function deadEnds({ state }: TrunkHost): AuditOddity[] {
  const names = new Set(state.ovsPorts.map(({ name }) => name))
  return state.ovsPorts
    .filter(({ bridge, name, interface: { options } }) => bridge === INTEGRATION_BRIDGE && TRUNK_END.test(name) && !names.has(options['peer'] ?? ''))
    .map((port) => odd(port, oddityWords.deadEnd(port.name, port.tag)))
}

function strangeBridges({ state, topology }: TrunkHost): AuditOddity[] {
  const known = new Set(topology.trunks.map(({ id }) => trunkBridgeName(id)))
  return state.ovsBridges
    .filter(({ name }) => name.startsWith('tbr-') && !known.has(name))
    .map(({ name, owner }) => ({ bridge: name, device: name, isOurs: owner !== null, sentence: oddityWords.strangeBridge(name) }))
}

function strays(context: AuditContext, host: TrunkHost): AuditOddity[] {
  const { sent, guest } = context
  const where = (vlan: number) => whereTo(context, vlan) ?? ''
  const inGuest = (sentence: string): AuditOddity => ({ bridge: host.bridge, device: 'guest', isOurs: false, sentence })
  const tagged = (guest?.strays ?? []).filter(({ vlan }) => vlan !== 0)
  return [
    ...tagged.map((each) => inGuest(auditWords.strayInterface(each, where(each.vlan)))),
    ...(sent?.strays ?? []).map((each) => inGuest(auditWords.stray(each, where(each.vlan)))),
  ]
}

const odd = ({ bridge, name, owner }: OvsPort, sentence: string): AuditOddity => ({ bridge, device: name, isOurs: owner !== null, sentence })
