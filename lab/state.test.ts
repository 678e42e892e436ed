import { expect, it } from 'vitest'
import { labPaths } from './paths'
import { parseState, portCandidates } from './state'

it('keeps the default lab on the same ports everywhere', () => {
  expect(portCandidates('tl')[0]).toBe(22_010)
})

it('tries every place once, and starts elsewhere for another name', () => {
  const candidates = portCandidates('other')
  expect(candidates[0]).not.toBe(22_010)
  expect(new Set(candidates).size).toBe(candidates.length)
  // Below the range from which the kernel takes ports for outgoing connections.
  expect(Math.max(...candidates)).toBeLessThan(32_000)
})

it('reads its own state file and refuses another', () => {
  const state = { sshPorts: { net1: 1, cmp1: 2, cmp2: 3, cmp3: 4, cmp4: 5, gw1: 6, gw2: 7 }, extras: ['cmp4'] }
  expect(parseState(JSON.stringify(state))).toEqual(state)
  expect(() => parseState(JSON.stringify({ sshPorts: state.sshPorts }))).toThrow('not one of this version')
  expect(() => parseState('{"sshPorts":{"net1":1}}')).toThrow('not one of this version')
  expect(() => parseState('[]')).toThrow('not one of this version')
})

it('keeps its state where it is told to, under the name of the lab', () => {
  expect(labPaths('tl', {}).root).toBe('/var/lib/tapline-lab/tl')
  expect(labPaths('x', { LAB_STATE: '/srv/labs' }).privateKey).toBe('/srv/labs/x/ssh/id_ed25519')
  expect(() => labPaths('../etc', {})).toThrow('is no lab name')
})
