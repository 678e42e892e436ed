import { describe, expect, it } from 'vitest'
import { countActions, diffTopology } from './changes'
import { topologyDigest } from './digest'
import { updateHost } from './kinds/host/host-edits'
import { updateNetwork } from './kinds/network/network-edits'
import { updateSubnet } from './kinds/subnet/subnet-edits'
import { removeVm } from './kinds/vm/vm-edits'
import { makeSample } from './testing/sample'
import { emptyTopology } from './complete-topology'

const changesOf = (edit: (sample: ReturnType<typeof makeSample>) => void) => {
  const sample = makeSample()
  const base = sample.draft.topology
  edit(sample)
  return diffTopology(base, sample.draft.topology)
}

describe('changes', () => {
  it('of a first design are all creations, in the order one would make them', () => {
    const changes = diffTopology(emptyTopology, makeSample().draft.topology)
    expect(changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
      'create physicalNetwork physnet1',
      ...['cmp1', 'cmp2', 'net1'].map((name) => `create host ${name}`),
      'create project demo',
      ...['blue', 'green'].map((name) => `create network ${name}`),
      ...['blue-subnet', 'green-subnet'].map((name) => `create subnet ${name}`),
      'create securityGroup default',
      ...['web-1', 'web-2'].map((name) => `create vm ${name}`),
      ...['DHCP of blue', 'DHCP of green', 'web-1 eth0', 'web-2 eth0'].map((name) => `create port ${name}`),
    ])
    expect(countActions(changes)).toEqual({ create: 16, change: 0, remove: 0 })
  })

  it('name ids and print from and to', () => {
    expect(
      changesOf(({ draft, blueSubnet }) =>
        draft.make(updateSubnet(blueSubnet, { gatewayIp: null, dnsNameservers: ['9.9.9.9', '1.1.1.1'] }, draft.ids)),
      ),
    ).toMatchObject([
      {
        action: 'change',
        kind: 'subnet',
        name: 'blue-subnet',
        fields: [
          { field: 'gateway', from: '10.0.1.1', to: null },
          { field: 'name servers', from: null, to: '9.9.9.9, 1.1.1.1' },
        ],
      },
    ])
  })

  it('of a name do not spread to what refers to it', () => {
    expect(changesOf(({ draft, blue }) => draft.make(updateNetwork(blue, { name: 'navy' }, draft.ids)))).toMatchObject([
      { action: 'change', kind: 'network', name: 'navy', fields: [{ field: 'name', from: 'blue', to: 'navy' }] },
    ])
  })

  it('tell a removed VM and its ports by the names they had', () => {
    const changes = changesOf(({ draft, web1 }) => draft.make(removeVm(web1, draft.ids)))
    expect(changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual(['remove vm web-1', 'remove port web-1 eth0'])
    expect(changes[0]!.fields).toContainEqual({ field: 'NICs', from: 'eth0: blue', to: null })
  })

  it('of a host print tunnel and mappings as people write them', () => {
    const [change] = changesOf(({ draft, net1 }) => draft.make(updateHost(net1, { bridgeMappings: [], isReadOnly: true }, draft.ids)))
    expect(change!.fields).toEqual([
      { field: 'read-only', from: 'no', to: 'yes' },
      { field: 'bridge mappings', from: 'physnet1: br-ens38 with ens38', to: null },
    ])
  })
})

describe('the digest', () => {
  it('does not depend on the order of lists or keys', () => {
    const { topology } = makeSample().draft
    const shuffled = {
      ...topology,
      ports: topology.ports.toReversed(),
      hosts: topology.hosts.map((host) => Object.fromEntries(Object.entries(host).toReversed()) as unknown as typeof host),
    }
    expect(topologyDigest(shuffled)).toBe(topologyDigest(topology))
  })
  it('changes with a single letter', () => {
    const { topology } = makeSample().draft
    expect(topologyDigest({ ...topology, projects: [{ id: topology.projects[0]!.id, name: 'Demo' }] })).not.toBe(topologyDigest(topology))
  })
})
