import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { emptyHostState, type HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { said } from '../testing/said'
import { ids, sampleTopology } from '../testing/sample-topology'
import { planHost } from './plan-host'
import { blockSameMachine, findSameMachine } from './same-machine'

const topology = sampleTopology()
const [one, two, three] = topology.hosts as [
  (typeof topology.hosts)[number],
  (typeof topology.hosts)[number],
  (typeof topology.hosts)[number],
]
const nic = (name: string, macAddress: string): HostState['links'][number] => ({
  netns: '',
  name,
  type: 'physical',
  owner: null,
  macAddress,
  isUp: true,
  master: null,
})
const lo = nic('lo', '00:00:00:00:00:00')
const reading = (...links: HostState['links']) =>
  ({
    hostId: '',
    observedAt: '',
    durationMs: 1,
    state: { ...emptyHostState, links },
    facts: { tools: {}, neutronAgents: [], sshLink: null, kvm: 'usable' },
    unparsed: [],
  }) as unknown as HostObservation
const nics = [lo, nic('ens37', '02:00:00:00:37:01'), nic('ens38', '02:00:00:00:38:01')]
const all = [
  { host: one, observation: reading(...nics) },
  { host: two, observation: reading(...[...nics].reverse(), { netns: '', name: 'br0', type: 'bridge', owner: null }) },
  { host: three, observation: reading(lo, nic('ens37', '02:00:00:00:37:03'), nic('ens38', '02:00:00:00:38:01')) },
]

it('[PLAN-34] blocks the plans of two registrations of one machine, each with the name of the other', () => {
  expect(all.map((each) => findSameMachine(each, all))).toEqual([['cmp1'], ['net1'], []])
  const { blocked } = blockSameMachine(planHost(two, compileHost(topology, ids.host(2)), all[1]!.observation), ['net1'])
  expect(blocked.map(said)).toContainEqual(
    expect.objectContaining({ code: 'same-machine', sentence: expect.stringMatching(/^cmp1: it shows the same NICs as net1/) }),
  )
})

it('[PLAN-34] blocks nothing where nothing is to do, nor hosts that show no NIC', () => {
  expect(blockSameMachine(planHost(two, emptyHostState, all[1]!.observation), ['net1']).blocked).toEqual([])
  const hidden = [one, two].map((host) => ({ host, observation: reading(lo) }))
  expect(hidden.map((each) => findSameMachine(each, hidden))).toEqual([[], []])
})
