// The practice network's hosts: registered and prepared once; later only their SSH access is brought up to date.

import { setHostPrepared } from '@/server/core/topology/kinds/host/host-edits'
import type { IdSource } from '@/server/core/topology/id-source'
import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import type { Store } from '@/server/effects/db/store'
import type { LabHost, LabStatus } from '@/lab/types'

export async function seedHosts(store: Store, lab: LabStatus, physicalNetworkId: string, ids: IdSource): Promise<void> {
  for (const host of lab.hosts) await seedHost(store, host, physicalNetworkId, ids)
}

/** Hosts that are still registered under the practice network's names. */
export async function refreshHosts(store: Store, lab: LabStatus): Promise<void> {
  const { hosts } = await store.loadTopology()
  for (const labHost of lab.hosts) {
    const known = hosts.find((host) => host.name === labHost.name)
    if (known) await refreshAccess(store, known.id, labHost)
  }
}

async function seedHost(store: Store, labHost: LabHost, physicalNetworkId: string, ids: IdSource): Promise<void> {
  const { id } = await store.hosts.register(describeHost(labHost, physicalNetworkId))
  await store.edit(setHostPrepared(id, true, ids))
}

async function refreshAccess(store: Store, hostId: string, { ssh }: LabHost): Promise<void> {
  const { address, port, user, privateKeyPath, hostKeyFingerprint } = ssh
  const known = (await store.hosts.describeAccess([hostId])).get(hostId)
  const isSame = known?.address === address && known.port === port && known.user === user && known.privateKeyPath === privateKeyPath
  if (!isSame) await store.hosts.update(hostId, { address, port, user, auth: { kind: 'key-file', privateKeyPath } })
  if (known?.fingerprint !== hostKeyFingerprint) await store.hosts.acceptKey(hostId, hostKeyFingerprint)
}

function describeHost(host: LabHost, physicalNetworkId: string) {
  const { address, port, user, privateKeyPath, hostKeyFingerprint } = host.ssh
  return hostRegistrationInput.parse({
    name: host.name,
    address,
    port,
    user,
    auth: { kind: 'key-file', privateKeyPath },
    fingerprint: hostKeyFingerprint,
    roles: [...host.roles],
    // The practice hosts run Open vSwitch with the userspace datapath only (lab/host/ovs.ts).
    datapathType: 'netdev',
    // A machine may show /dev/kvm to the practice hosts and still be unable to run a guest with it.
    virtType: 'qemu',
    tunnel: { address: host.tunnelAddress, prefixLength: host.tunnelPrefix, nic: host.tunnelNic, gatewayIp: host.tunnelGateway },
    // physicalNics names NICs per physical network; the practice network has one.
    bridgeMappings: host.physicalNics.map(({ nic }) => ({ physicalNetworkId, bridge: `br-${nic}`, nic })),
  })
}
