import { expect, it } from 'vitest'

import { flattenTree, type TreeNode } from './flatten-tree'

const leaf = (id: string): TreeNode => ({ id, label: id })
const tree: TreeNode[] = [{ ...leaf('a'), children: [{ ...leaf('a1'), children: [leaf('a11')] }, leaf('a2')] }, leaf('b')]
const rows = (...closed: string[]) =>
  flattenTree(tree, new Set(closed)).map(({ node, depth, parentId }) => `${depth} ${parentId}/${node.id}`)

it.each<[string[], string[]]>([
  [[], ['0 null/a', '1 a/a1', '2 a1/a11', '1 a/a2', '0 null/b']],
  [['a1'], ['0 null/a', '1 a/a1', '1 a/a2', '0 null/b']],
  [['a'], ['0 null/a', '0 null/b']],
  // What is closed inside of a closed branch stays closed, and is not in view either way.
  [
    ['a', 'a1'],
    ['0 null/a', '0 null/b'],
  ],
  [['no such branch'], ['0 null/a', '1 a/a1', '2 a1/a11', '1 a/a2', '0 null/b']],
])('with %j closed', (closed, expected) => expect(rows(...closed)).toEqual(expected))

it('says of each row whether it is open and has anything to open', () => {
  const states = flattenTree(tree, new Set(['a1'])).map(({ node, isOpen, hasChildren }) => [node.id, isOpen, hasChildren])
  expect(states).toEqual([
    ['a', true, true],
    ['a1', false, true],
    ['a2', true, false],
    ['b', true, false],
  ])
})
