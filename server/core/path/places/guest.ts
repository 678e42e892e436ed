// The VM: its NIC, or the VLAN interface on it where the port is a trunk's subport.

import { suspensionOf } from '../../host/domain'
import { tapName } from '../../naming'
import { absence, type HopFacts, noProof, type Problem } from '../hop'
import { guestNic } from '../../topology/kinds/port/port-label'
import { nicPort, type PathSide } from '../path-side'
import type { Stop } from '../stop'

export function guest({ side }: Stop): HopFacts {
  const { topology, endpoint, trunk } = side
  const port = nicPort(side)
  const nic = guestNic(
    topology.vms.find(({ portIds }) => portIds.includes(port.id)),
    port.id,
  )
  return {
    device: trunk?.guestVlan ? `${nic}.${trunk.guestVlan}` : nic,
    detail: { code: 'end', params: { label: endpoint.label, address: endpoint.ipAddress } },
    proof: noProof({ code: 'inside-guest', params: {} }),
    hostProblems: side.hasDesign ? checkDomain(side) : [],
    isObservable: side.hasDesign,
    counters: null,
  }
}

function checkDomain(side: PathSide): Problem[] {
  const { view, endpoint, host } = side
  const port = nicPort(side)
  const domain = view?.domain(port.deviceId)
  const vm = endpoint.label
  if (!domain) return [absence(view, 'domains', {}, { code: 'vm-undefined', params: { vm, host: host.name } })]
  if (!domain.isRunning) return [{ code: 'vm-off', params: { vm, host: host.name } }]
  const state = suspensionOf(domain)
  if (state) return [{ code: 'vm-suspended', params: { vm, state } }]
  const nic = domain.interfaces.find(({ target }) => target === tapName(port.id))
  if (!nic) return [{ code: 'vm-without-nic', params: { vm, tap: tapName(port.id), isUplink: false } }]
  const isRight = nic.macAddress.toLowerCase() === port.macAddress.toLowerCase()
  if (nic.isLinkDown) return [{ code: 'vm-link-down', params: { vm, tap: tapName(port.id) } }]
  return [isRight ? null : { code: 'vm-mac', params: { vm, found: nic.macAddress, expected: port.macAddress, isUplink: false } }]
}
