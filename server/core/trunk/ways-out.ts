// How frames of a network leave a Linux bridge host (docs/reference/linux-bridge.md): by which NIC, through which device, with which
// header. And what left, from what was captured at those NICs.

import { vlanDeviceName, vxlanDeviceName } from '../naming'
import type { CapturedPacket } from '../packet/captured-packet'
import { dissectLayers } from '../packet/dissect'
import { innerMost, outerMost, vlanIdsOf, vni } from '../packet/dissection'
import { findById } from '../topology/find'
import type { Network } from '../topology/kinds/network/network'
import type { Topology } from '../topology/topology'
import type { LeftFrames } from './audit'
import type { PatchPair } from './patch-pair'

export interface WayOut {
  readonly nic: string
  /** Puts the header on; null where the NIC itself is in the bridge. */
  readonly device: string | null
  /** 0: untagged. */
  readonly vlan: number
  readonly vni: number | null
}

/** null where the host has none: no mapping, no tunnel address. */
export function wayOut({ hosts }: Topology, hostId: string, { type, segmentationId, physicalNetworkId }: Network): WayOut | null {
  const host = findById(hosts, hostId)
  if (type === 'vxlan')
    return host?.tunnel && segmentationId !== null
      ? { nic: host.tunnel.nic, device: vxlanDeviceName(segmentationId), vlan: 0, vni: segmentationId }
      : null
  const nic = host?.bridgeMappings.find((mapping) => mapping.physicalNetworkId === physicalNetworkId)?.nic
  if (nic === undefined) return null
  if (type === 'flat') return { nic, device: null, vlan: 0, vni: null }
  return segmentationId === null ? null : { nic, device: vlanDeviceName(nic, segmentationId), vlan: segmentationId, vni: null }
}

export interface WirePoint {
  readonly device: string
  readonly filter: string
}

/** As many MAC addresses as a filter holds with ease; ports beyond them stay unproven on the wire. */
const MAX_MACS = 64
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/

/** Whatever tag or VNI it has: a wrong one is a finding. VXLAN's inner source is at udp[22:6] (core/path/capture-filter.ts). */
export function wirePoints(topology: Topology, hostId: string, pairs: readonly PatchPair[]): WirePoint[] {
  const macs = pairs
    .map(({ port }) => port.macAddress.toLowerCase())
    .filter((mac) => MAC.test(mac))
    .slice(0, MAX_MACS)
  const networks = pairs.flatMap(({ port }) => findById(topology.networks, port.networkId) ?? [])
  const ways = networks.flatMap((network) => wayOut(topology, hostId, network) ?? [])
  const plain = [...new Set(ways.filter((way) => way.vni === null).map(({ nic }) => nic))]
  const tunnels = [...new Set(ways.filter((way) => way.vni !== null).map(({ nic }) => nic))]
  if (macs.length === 0) return []
  return [
    ...plain.map((device) => ({ device, filter: macs.map((mac) => `ether src ${mac}`).join(' or ') })),
    ...tunnels.map((device) => ({ device, filter: `udp dst port 4789 and (${macs.map(innerSource).join(' or ')})` })),
  ]
}

function innerSource(mac: string): string {
  const digits = mac.replaceAll(':', '')
  return `(udp[22:4]=0x${digits.slice(0, 8)} and udp[26:2]=0x${digits.slice(8)})`
}

export function countLeftFrames(device: string, packets: readonly CapturedPacket[]): LeftFrames[] {
  const counted = new Map<string, LeftFrames>()
  for (const { data, originalLength } of packets) {
    const dissection = dissectLayers(data, { originalLength })
    const [outer, inner] = [outerMost(dissection), innerMost(dissection)]
    if (!outer || !inner) continue
    const key = { device, macAddress: inner.ethernet.source, vlan: vlanIdsOf(outer)[0] ?? 0, vni: vni(dissection) ?? null }
    const text = JSON.stringify(key)
    counted.set(text, { ...key, frames: (counted.get(text)?.frames ?? 0) + 1 })
  }
  return [...counted.values()]
}
