// `ovs-vsctl show`, the listing people paste: bridges, their ports, and what is set on each. Tapline itself reads the JSON.
//
//   Bridge br-int
//       fail_mode: secure
//       Port qvof4513237-f5
//           tag: 1
//           Interface qvof4513237-f5

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface ShownNode {
  /** Bridge, Port, Interface, Controller, Manager */
  readonly kind: string
  readonly name: string
  /** `fail_mode` → `secure` */
  readonly settings: Readonly<Record<string, string>>
  readonly children: readonly ShownNode[]
}

interface Draft extends ShownNode {
  readonly settings: Record<string, string>
  readonly children: Draft[]
  readonly indent: number
}

const NODE = /^( *)(Manager|Bridge|Port|Interface|Controller) (.+)$/
const SETTING = /^( *)([a-z_]+): (.*)$/

export function parseVsctlShow(text: string, section = 'ovs-vsctl show'): Parsed<ShownNode> {
  const root: Draft = { kind: 'Switch', name: '', settings: {}, children: [], indent: -1 }
  const open: Draft[] = [root]
  const parentAt = (indent: number): Draft => {
    while (open.length > 1 && (open[open.length - 1]?.indent ?? -1) >= indent) open.pop()
    return open[open.length - 1] ?? root
  }
  return takeLines<ShownNode>(text, section, root, (line) => {
    if (/^[0-9a-f-]{36}$/.test(line)) return true
    const [, indent, kind, name = ''] = NODE.exec(line) ?? []
    if (indent !== undefined && kind) {
      const node: Draft = { kind, name: name.replace(/^"(.*)"$/, '$1'), settings: {}, children: [], indent: indent.length }
      parentAt(indent.length).children.push(node)
      return open.push(node) > 0
    }
    const [, depth, key, value = ''] = SETTING.exec(line) ?? []
    if (depth !== undefined && key) parentAt(depth.length).settings[key] = value.replace(/^"(.*)"$/, '$1')
    return key !== undefined
  })
}
