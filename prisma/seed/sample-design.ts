// The sample design that a first start shows: the practice network's hosts, a VXLAN and a VLAN network, two VMs on each.
// It is left pending, so that the first thing an operator sees is a plan. A design that is not empty is left alone; only the
// way into the practice hosts is brought up to date, since every practice network has new keys.

import { createNetwork } from '@/server/core/topology/kinds/network/network-edits'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { createSubnet } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { createVm } from '@/server/core/topology/kinds/vm/vm-edits'
import type { IdSource } from '@/server/core/topology/id-source'
import { networkInput } from '@/server/core/topology/kinds/network/network-input'
import { subnetInput } from '@/server/core/topology/kinds/subnet/subnet-input'
import { vmInput } from '@/server/core/topology/kinds/vm/vm-input'
import type { Topology } from '@/server/core/topology/topology'
import type { Store } from '@/server/effects/db/store'
import { systemIds } from '@/server/effects/ids'
import type { LabStatus } from '@/lab/types'
import { ensure } from './ensure'
import { refreshHosts, seedHosts } from './hosts'
import { seedPhysicalNetwork } from './physical-network'

const NETWORKS = [
  { name: 'blue', type: 'vxlan', cidr: '10.0.1.0/24', vmPrefix: 'web' },
  { name: 'green', type: 'vlan', cidr: '10.0.2.0/24', vmPrefix: 'app' },
] as const

type SampleNetwork = (typeof NETWORKS)[number]

/** Debian's cloud kernel and the practice guest fit into this. */
const GUEST_MEMORY_MIB = 128

export async function seedSampleDesign(store: Store, lab: LabStatus, ids: IdSource = systemIds): Promise<void> {
  const { topology, base } = await store.loadDesign()
  // Somebody worked here already: what they removed stays removed.
  if (topology.hosts.length > 0 || base.number > 0) return refreshHosts(store, lab)
  const physicalNetworkId = await seedPhysicalNetwork(store, ids)
  await seedHosts(store, lab, physicalNetworkId, ids)
  const projectId = await ensure(store, (topology) => topology.projects, 'demo', createProject({ name: 'demo' }, ids))
  for (const sample of NETWORKS) {
    const networkId = await seedNetwork(store, projectId, physicalNetworkId, sample, ids)
    await seedVms(store, lab, { projectId, networkId, prefix: sample.vmPrefix }, ids)
  }
}

async function seedNetwork(
  store: Store,
  projectId: string,
  physicalNetworkId: string,
  sample: SampleNetwork,
  ids: IdSource,
): Promise<string> {
  const { name, type, cidr } = sample
  const network = networkInput.parse({ projectId, name, type, physicalNetworkId: type === 'vlan' ? physicalNetworkId : null })
  const ours = (topology: Topology) => topology.networks.filter((each) => each.projectId === projectId)
  const networkId = await ensure(store, ours, name, createNetwork(network, ids))
  const subnet = subnetInput.parse({ networkId, name: `${name}-subnet`, cidr })
  const subnets = (topology: Topology) => topology.subnets.filter((each) => each.networkId === networkId)
  await ensure(store, subnets, subnet.name, createSubnet(subnet, ids))
  return networkId
}

interface VmPlace {
  readonly projectId: string
  readonly networkId: string
  readonly prefix: string
}

/** web-1 on the first compute host, web-2 on the second. */
async function seedVms(store: Store, lab: LabStatus, { projectId, networkId, prefix }: VmPlace, ids: IdSource): Promise<void> {
  const { hosts } = await store.loadTopology()
  const computeHosts = lab.hosts.filter((host) => host.roles.includes('compute')).slice(0, 2)
  for (const [index, labHost] of computeHosts.entries()) {
    const name = `${prefix}-${index + 1}`
    const hostId = hosts.find((host) => host.name === labHost.name)?.id ?? ''
    const cmdline = `console=ttyS0 quiet tapline.hostname=${name}`
    const boot = { kind: 'kernel' as const, kernel: labHost.guestKernel, initrd: labHost.guestInitrd, cmdline }
    const vm = vmInput.parse({ projectId, name, hostId, networkIds: [networkId], memoryMib: GUEST_MEMORY_MIB, vcpus: 1, boot })
    const vms = (topology: Topology) => topology.vms.filter((each) => each.projectId === projectId)
    await ensure(store, vms, name, createVm(vm, ids))
  }
}
