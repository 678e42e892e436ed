// `brctl show`, the listing people paste. Further ports of a bridge stand alone on their lines.
//
//   bridge name	bridge id		STP enabled	interfaces
//   qbrf4513237-f5		8000.c20ce13b90ea	no		qvbf4513237-f5
//   							tapf4513237-f5

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface ShownBridge {
  readonly name: string
  readonly bridgeId: string
  readonly hasStp: boolean
  readonly ports: readonly string[]
}

export function parseBrctlShow(text: string, section = 'brctl show'): Parsed<readonly ShownBridge[]> {
  const bridges: (ShownBridge & { readonly ports: string[] })[] = []
  return takeLines<readonly ShownBridge[]>(text, section, bridges, (line) => {
    if (/^bridge name\s+bridge id\s+STP enabled\s+interfaces$/.test(line)) return true
    const [, name, bridgeId, stp, port] = /^(\S+)\s+([0-9a-f]{4}\.[0-9a-f]{12})\s+(yes|no)(?:\s+(\S+))?\s*$/.exec(line) ?? []
    if (name && bridgeId) return bridges.push({ name, bridgeId, hasStp: stp === 'yes', ports: port ? [port] : [] }) > 0
    const more = /^\s+(\S+)$/.exec(line)?.[1]
    const last = bridges[bridges.length - 1]
    return more !== undefined && last !== undefined && last.ports.push(more) > 0
  })
}
