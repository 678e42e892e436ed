import { expect, it } from 'vitest'
import { explainFinding } from '../explain/finding'
import { ids, type SampleOptions } from '../testing/sample-topology'
import { redId, trunkTopology } from '../testing/sample-trunk'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import { checkSubPorts } from './unfiltered-subports'

const web = { id: 'b7b5a1d0-0000-4000-8000-000000000001', projectId: ids.project, name: 'web', rules: [] }

function withRed(changes: Partial<Port>, options: SampleOptions = {}): Topology {
  const topology = trunkTopology(options)
  return {
    ...topology,
    securityGroups: [web],
    ports: topology.ports.map((port) => (port.id === redId ? { ...port, ...changes } : port)),
  }
}

it('names each subport on an Open vSwitch host that has groups, and says what they do not do', () => {
  const found = checkSubPorts(withRed({ securityGroupIds: [web.id] }))
  expect(found).toEqual([
    {
      code: 'subport-unfiltered',
      severity: 'warning',
      subject: { kind: 'port', id: redId, name: 'vlan-1 eth0.301' },
      params: { trunk: 'trunk', host: 'cmp1', groups: ['web'] },
    },
  ])
  expect(explainFinding(found[0]!)).toMatch(
    /^cmp1: vlan-1 eth0\.301 is in security group "web", but .* what it may receive is not filtered/,
  )
})

it('says so of one that is in no group, too: nothing keeps what that would keep away', () => {
  const [found] = checkSubPorts(withRed({ securityGroupIds: [] }))
  expect(explainFinding(found!)).toContain('is in no security group, which would let nothing pass')
})

it.each<[string, Partial<Port>, SampleOptions]>([
  ['from before there were groups', {}, {}],
  ['without port security', { isPortSecurityEnabled: false }, {}],
  ['on a Linux bridge host', { securityGroupIds: [web.id] }, { linuxBridge: [2] }],
])('has nothing to say of one %s', (_, changes, options) => {
  expect(checkSubPorts(withRed(changes, options))).toEqual([])
})
