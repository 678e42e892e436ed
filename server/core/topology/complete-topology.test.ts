import { expect, it } from 'vitest'
import { makeSample } from './testing/sample'
import { completeTopology } from './complete-topology'

it('a revision from before there were trunks is read as one without any', () => {
  const { topology } = makeSample().draft
  const { trunks: _trunks, ...older } = topology
  expect(completeTopology(older)).toEqual(topology)
})

it('a revision from before there was a choice of virtualisation has emulated guests', () => {
  const { topology } = makeSample().draft
  const older = {
    ...topology,
    hosts: topology.hosts.map(({ virtType: _virtType, hasKvm: _hasKvm, ...host }) => host),
    vms: topology.vms.map(({ virtType: _virtType, ...vm }) => vm),
  } as unknown as typeof topology
  const complete = completeTopology(older)
  expect(complete.hosts.map(({ virtType, hasKvm }) => [virtType, hasKvm])).toEqual(topology.hosts.map(() => ['auto', false]))
  expect(complete.vms.every(({ virtType }) => virtType === 'qemu')).toBe(true)
})
