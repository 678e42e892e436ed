// Tree → the rows in view, top to bottom. Pure.

import type { ReactNode } from 'react'

export interface TreeNode {
  readonly id: string
  readonly label: ReactNode
  /** At the right end of the row: a count, an age, a state. */
  readonly meta?: ReactNode
  readonly children?: readonly TreeNode[]
}

export interface TreeRow {
  readonly node: TreeNode
  readonly depth: number
  readonly parentId: string | null
  readonly isOpen: boolean
  readonly hasChildren: boolean
}

export function flattenTree(nodes: readonly TreeNode[], closed: ReadonlySet<string>, depth = 0, parentId: string | null = null): TreeRow[] {
  return nodes.flatMap((node) => {
    const children = node.children ?? []
    const isOpen = !closed.has(node.id)
    const row: TreeRow = { node, depth, parentId, isOpen, hasChildren: children.length > 0 }
    return isOpen ? [row, ...flattenTree(children, closed, depth + 1, node.id)] : [row]
  })
}
