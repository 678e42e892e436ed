// The path of a subport on a Linux bridge host to a VM on an Open vSwitch host, computed from the sample cloud as if it were built.

import { compileHost } from '../../compile/compile'
import type { HostObservation } from '../../host/observation'
import { computePath, isPath } from '../../path/compute-path'
import type { Path } from '../../path/path'
import { invariant } from '../../invariant'
import { ids } from '../../testing/sample-topology'
import { redId, trunkTopology } from '../../testing/sample-trunk'

const topology = trunkTopology({ linuxBridge: [2], datapathType: 'system' })
const facts: HostObservation['facts'] = {
  hostname: '',
  kernel: '',
  ovsVersion: null,
  ovsDatapathTypes: [],
  hasKernelDatapath: true,
  kvm: 'no-device',
  libvirtVersion: null,
  tools: {},
  neutronAgents: [],
  sshLink: null,
}
const observations = new Map(
  topology.hosts.map(({ id }) => [
    id,
    { hostId: id, observedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, state: compileHost(topology, id), facts, unparsed: [] },
  ]),
)

const between = (source: string, destination: string): Path => {
  const path = computePath({ topology, observations }, source, destination)
  invariant(isPath(path), 'the sample has this path')
  return path
}

export const linuxBridgeTrunkPath = between(redId, ids.port(3, 3))
export const linuxBridgeVlanPath = between(ids.port(2, 3), ids.port(2, 2))
export const linuxBridgeSameHostPath = between(redId, ids.port(3, 2))
