import { expect, it } from 'vitest'
import { enter, markedNode, type Keeper } from './keeper'

it.each([
  ['PATH=/bin\0TAPLINE_LAB_NODE=tl/net1\0', 'tl', 'net1'],
  ['TAPLINE_LAB_NODE=tl2/net1\0', 'tl', undefined],
  ['NOT_TAPLINE_LAB_NODE=tl/net1\0', 'tl', undefined],
  ['', 'tl', undefined],
])('finds the node in the environment %j', (environ, lab, expected) => {
  expect(markedNode(environ, lab)).toBe(expected)
})

it('enters with the words as they are', () => {
  const keeper: Keeper = { pid: 7, startTime: '1', node: 'net1' }
  expect(enter(keeper, ['-x', 'a b']).slice(-3)).toEqual(['--', '-x', 'a b'])
  expect(enter(keeper, ['true'])).toContain('--net')
  expect(enter(keeper, ['true'], { network: "machine's" })).not.toContain('--net')
})
