import { expect, it } from 'vitest'
import { diffHost, isEmptyDiff, reverseDiff } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { ownPart } from '../plan/own-part'
import { renderSteps } from '../render/render-steps'

const jump = (device: string) => `-i ${device} -j tapline-i-${device}`
const foreign = '-s 10.0.0.1/32 -j ACCEPT'
const state = (...rules: readonly string[]): HostState => ({
  ...emptyHostState,
  iptables: [{ netns: '', family: 'ipv4', table: 'filter', chain: 'FORWARD', policy: 'ACCEPT', rules }],
})
const lines = (diff: ReturnType<typeof diffHost>) =>
  renderSteps(diff, 'host').flatMap(({ command }) => (command.stdin ?? '').trim().split('\n').slice(1, -1))

it.each([
  ['leaves alone what stands behind ours', [jump('tap1'), jump('tap2'), foreign], []],
  ['does not mind the order of ours', [jump('tap2'), jump('tap1')], []],
  ['moves ours in front of all', [foreign, jump('tap1'), jump('tap2')], ['-D tap1', '-D tap2', '-I tap2', '-I tap1']],
  ['moves them when only one is behind', [jump('tap1'), foreign, jump('tap2')], ['-D tap1', '-D tap2', '-I tap2', '-I tap1']],
  ['moves what is there and adds what is missing', [foreign, jump('tap2')], ['-D tap2', '-I tap2', '-I tap1']],
  ['puts what is missing in front', [foreign], ['-I tap2', '-I tap1']],
  [
    'takes away what is too many, behind or not',
    [jump('tap1'), foreign, jump('tap3'), jump('tap2')],
    ['-D tap1', '-D tap3', '-D tap2', '-I tap2', '-I tap1'],
  ],
])('[DIFF-21] %s', (_, rules, wanted) => {
  const diff = diffHost(state(jump('tap1'), jump('tap2')), state(...rules))
  expect(lines(diff).map((line) => line.replace(/^(-.) FORWARD -i (\S+) .*/, '$1 $2'))).toEqual(wanted)
  expect(isEmptyDiff(diff)).toBe(wanted.length === 0)
})

it('[DIFF-21] names what is in front', () => {
  const { changed } = diffHost(state(jump('tap1')), state(foreign, jump('tap1'))).iptables
  expect(changed.map(({ fields }) => fields)).toEqual([[{ field: 'in front', from: foreign, to: null }]])
})

it('[DIFF-21] a way back asks for nothing to be in front of ours again', () => {
  const before = state(foreign, jump('tap1'))
  expect(isEmptyDiff(diffHost(ownPart(before), state(jump('tap1'), foreign)))).toBe(true)
  expect(lines(reverseDiff(diffHost(state(jump('tap1')), before)))).toEqual([])
})

it('empties all chains that go before it takes away any, for they lead into each other', () => {
  const chain = (name: string, ...rules: readonly string[]) => ({ ...state(...rules).iptables[0]!, chain: name, policy: null })
  const before = { ...emptyHostState, iptables: [chain('tapline-a', '-j tapline-b'), chain('tapline-b', '-j DROP')] }
  expect(lines(diffHost(emptyHostState, before))).toEqual(['-F tapline-a', '-F tapline-b', '-X tapline-a', '-X tapline-b'])
})
