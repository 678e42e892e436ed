// Several ports put into one group.

import { expect, it } from 'vitest'
import { makeSample } from '../../testing/sample'
import type { Topology } from '../../topology'
import { createPort, updatePort } from '../port/port-edits'
import { addPorts } from './group-ports'
import { createSecurityGroup } from './security-group-edits'

function makeGroupSample() {
  const { draft, demo, blue } = makeSample()
  const { ids } = draft
  const group = (projectId: string) => draft.make(createSecurityGroup({ projectId, name: 'web' }, ids)).id
  const port = (securityGroupIds: string[]) => draft.make(createPort({ networkId: blue, name: 'p', securityGroupIds }, ids)).id
  const groupsOf = (id: string) => draft.topology.ports.find((each) => each.id === id)!.securityGroupIds
  const broken = (id: string, portIds: readonly string[]) =>
    draft.violations(addPorts(id, portIds, ids)).map(({ rule, field }) => [rule, field])
  return { draft, ids, demo, web: group(demo), theirs: group(draft.project('other')), port, groupsOf, broken }
}

/** As it was before there were groups. */
const unfiltered = (topology: Topology, id: string): Topology => ({
  ...topology,
  ports: topology.ports.map((each) => {
    const { securityGroupIds: _groups, ...port } = each
    return each.id === id ? port : each
  }),
})

it('ports are in the group beside those that they were in, and one from before there were groups is filtered now', () => {
  const { draft, ids, demo, web, port, groupsOf } = makeGroupSample()
  const own = draft.topology.securityGroups.find(({ name, projectId }) => name === 'default' && projectId === demo)!.id
  const [filtered, old, member] = [port([own]), port([]), port([web])]
  draft.topology = unfiltered(draft.topology, old)
  expect(draft.make(addPorts(web, [filtered, old, member], ids))).toEqual({ id: web })
  expect([filtered, old, member].map(groupsOf)).toEqual([[own, web].toSorted(), [web], [web]])
})

it('all or none: whichever may not be in it is named', () => {
  const { draft, ids, web, theirs, port, groupsOf, broken } = makeGroupSample()
  const [fine, open] = [port([]), port([])]
  draft.make(updatePort(open, { isPortSecurityEnabled: false }, ids))
  expect(broken(web, [fine, open])).toEqual([['port-security-off', 'portIds.1']])
  expect(broken(theirs, [fine])).toEqual([['security-group-project', 'portIds.0']])
  expect(broken(web, [fine, ids.uuid()])).toEqual([['known-object', 'portIds.1']])
  expect(broken(ids.uuid(), [fine])).toEqual([['known-object', 'id']])
  expect(groupsOf(fine)).toEqual([])
})
