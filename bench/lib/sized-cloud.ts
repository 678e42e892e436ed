// A design of any number of objects, half ports and half VMs. Of each 50 objects one is a host, one a VXLAN network, one its subnet with
// DHCP, one the DHCP port, and 23 are VMs with a port each, spread over all hosts: so every network has local VLANs on many hosts.

import type { HostRole } from '@/server/core/topology/kinds/host/host'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { createVm } from '@/server/core/topology/kinds/vm/vm-edits'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import { Draft } from '@/server/core/topology/testing/sample'
import { settle } from '@/server/core/topology/settle'
import type { Topology } from '@/server/core/topology/topology'
import { systemIds } from '@/server/effects/ids'

/** Objects of one network: itself, a host, its subnet, its DHCP port, and so many VMs with one port each. */
const VMS = 23
const SHARE = 4 + 2 * VMS

const boot = { kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' } as const

export const sizedCloud = (objects: number): Topology => {
  const shares = Math.ceil(objects / SHARE)
  return spreadCloud({ hosts: shares, networks: shares, vms: VMS, hostsPerNetwork: VMS })
}

interface Spread {
  readonly hosts: number
  readonly networks: number
  /** Of each network, one port each. */
  readonly vms: number
  /** Neighbours in the list of hosts; the next network begins one host further. */
  readonly hostsPerNetwork: number
  /** All hosts do everything unless told. */
  readonly roles?: readonly HostRole[]
}

export function spreadCloud(spread: Spread): Topology {
  const { hosts, networks, roles = ['compute', 'network'] } = spread
  const draft = new Draft()
  const projectId = draft.project('demo')
  for (let index = 0; index < hosts; index += 1) {
    draft.host(`host${index}`, 0, {
      roles,
      tunnel: { address: `10.${index >> 8}.${index & 255}.1`, prefixLength: 8, nic: 'ens37' },
    })
  }
  for (let share = 0; share < networks; share += 1) {
    const networkId = draft.network({ projectId, name: `net${share}`, type: 'vxlan' })
    draft.subnet({ networkId, name: `sub${share}`, cidr: '10.0.0.0/24' })
  }
  return withVms(withApartIds(draft.topology), spread)
}

/** Devices are named for the first eleven characters of an id, in which counted ones are all the same. */
const withApartIds = (topology: Topology): Topology =>
  JSON.parse(JSON.stringify(topology).replace(/"0{8}(-0000-4000-8000-0{4}(\d{8}))"/g, '"$2$1"')) as Topology

/** As the edit would make them, but all at once. */
function withVms(topology: Topology, { vms: count, hostsPerNetwork }: Spread): Topology {
  const hostIds = topology.hosts.map(({ id }) => id)
  const projectId = topology.projects[0]!.id
  const [ports, vms]: [Port[], Vm[]] = [[...topology.ports], []]
  const template = createVm(
    { projectId, name: 'vm', hostId: hostIds[0]!, networkIds: [topology.networks[0]!.id], memoryMib: 128, vcpus: 1, boot },
    systemIds,
  )(topology)
  if (!template.ok) throw new Error(`invariant: ${template.violations[0].rule}`)
  const [vm, port] = [template.topology.vms[0]!, template.topology.ports.find(({ deviceOwner }) => deviceOwner === 'compute:nova')!]
  for (const [share, { id: networkId }] of topology.networks.entries()) {
    const subnetId = topology.subnets.find((subnet) => subnet.networkId === networkId)!.id
    for (let index = 0; index < count; index += 1) {
      const [id, portId] = [systemIds.uuid(), systemIds.uuid()]
      const hostId = hostIds[(share + (index % hostsPerNetwork)) % hostIds.length]!
      vms.push({ ...vm, id, name: `vm-${share}-${index}`, hostId, portIds: [portId] })
      const macAddress = `fa:16:3e:0a:00:${(index + 16).toString(16)}`
      ports.push({
        ...port,
        id: portId,
        networkId,
        hostId,
        deviceId: id,
        macAddress,
        fixedIps: [{ subnetId, ipAddress: `10.0.0.${index + 100}` }],
      })
    }
  }
  const settled = settle({ ...topology, ports, vms }, [], null, systemIds)
  if (!settled.ok) throw new Error(`invariant: ${settled.violations[0].rule}`)
  return settled.topology
}
