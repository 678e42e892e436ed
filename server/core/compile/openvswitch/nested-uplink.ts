// A nested uplink (VLAN in VLAN, docs/reference/nested-uplinks.md): br-data with the tap of the VM's second NIC, a veth pair qvb-data ═
// qvo-data, and qvo-data without a tag on the provider bridge, so that the inner cloud's VLAN ids pass as they are, one tag end to end.
// br-int, anti-spoofing and security groups of this cloud never see these frames; what keeps the clouds apart is lint/shared-wires.ts.

import type { DomainInterface } from '../../host/domain'
import type { HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { invariant } from '../../invariant'
import { dataBridgeName, dataQvbName, dataQvoName, tapName, type Owner } from '../../naming'
import type { NestedUplink } from '../../topology/kinds/nested-uplink/nested-uplink'
import { bridgeSysctls } from '../bridge-sysctls'
import { pluggedTap } from '../plugged-tap'
import { plugBridge } from './hybrid-plug'
import { ovsPort } from './integration-bridge'
import type { HostScope } from '../scope'

export function compileNestedUplink(scope: HostScope, uplink: NestedUplink): Partial<HostState> {
  const owner: Owner = { kind: 'uplink', id: uplink.id }
  const mapping = scope.host.bridgeMappings.find(({ physicalNetworkId }) => physicalNetworkId === uplink.physicalNetworkId)
  invariant(mapping, `no bridge of ${scope.host.id} for nested uplink ${uplink.id}`)
  return {
    links: uplinkLinks(scope, uplink, owner),
    sysctls: bridgeSysctls(dataBridgeName(uplink.number)),
    ovsPorts: [ovsPort(mapping.bridge, dataQvoName(uplink.number), owner, { type: '', options: {}, externalIds: {} })],
  }
}

function uplinkLinks(scope: HostScope, uplink: NestedUplink, owner: Owner): Link[] {
  const { mtu } = scope.physicalNetwork(uplink.physicalNetworkId)
  const [bridge, qvb, qvo] = [dataBridgeName(uplink.number), dataQvbName(uplink.number), dataQvoName(uplink.number)]
  const end = { netns: '', type: 'veth', owner, isUp: true, mtu, isPromiscuous: true } as const
  const offload = scope.host.datapathType === 'netdev' ? { hasTxChecksumOffload: false } : {}
  return [
    plugBridge(bridge, owner, mtu),
    { ...end, ...offload, name: qvb, master: bridge, peer: { netns: '', name: qvo } },
    { ...end, name: qvo, peer: { netns: '', name: qvb } },
    pluggedTap(uplink.id, bridge, mtu),
  ]
}

/** The VM's NIC: after those of its ports, and plugged into the running VM (kinds/domains/plug-nics.ts). */
export const uplinkInterface = (scope: HostScope, uplink: NestedUplink): DomainInterface => ({
  type: 'bridge',
  source: dataBridgeName(uplink.number),
  target: tapName(uplink.id),
  macAddress: uplink.macAddress,
  mtu: scope.physicalNetwork(uplink.physicalNetworkId).mtu,
  model: 'virtio',
})
