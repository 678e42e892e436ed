// output: by name or number of a port, or to one of OpenFlow's reserved ports (xlate_output_action). A frame never goes back by the
// port it came by, unless told IN_PORT.

import { normal } from './normal'
import { leave, send } from './output'
import { isFloodable } from './port-flags'
import { LOCAL, LOCAL_NUMBER, type SwitchPort } from './switch'
import type { Translation } from './translation'

const RESERVED: ReadonlyMap<number, string> = new Map([
  [0xfff8, 'IN_PORT'],
  [0xfff9, 'TABLE'],
  [0xfffa, 'NORMAL'],
  [0xfffb, 'FLOOD'],
  [0xfffc, 'ALL'],
  [0xfffd, 'CONTROLLER'],
  [LOCAL_NUMBER, LOCAL],
  [0xffff, 'NONE'],
])

const names = new Set(RESERVED.values())
export const isReserved = (port: string): boolean => port !== LOCAL && names.has(port)

export const outputToNumber = (run: Translation, number: number): void => outputTo(run, RESERVED.get(number) ?? String(number))

export function outputTo(run: Translation, port: string): void {
  switch (port) {
    case 'IN_PORT':
      return send(run, run.bridge.portByNumber(run.packet.get('in_port')), 'IN_PORT')
    case 'TABLE':
      return run.resubmit(0)
    case 'NORMAL':
      return normal(run)
    case 'FLOOD':
      return toAll(run, run.bridge.ports.filter(isFloodable))
    case 'ALL':
      return toAll(run, run.bridge.ports)
    case 'CONTROLLER':
      return leave(run, { name: 'CONTROLLER', kind: 'controller', row: null })
    case 'NONE':
      return
    default:
      return outputToPort(run, port)
  }
}

function outputToPort(run: Translation, name: string): void {
  const port = run.bridge.port(name)
  const inPort = run.packet.get('in_port')
  const isInput = port ? port.number === inPort : Number(name) === inPort
  if (isInput) return run.visit.drop('output-to-input', { bridge: run.bridge.name, port: name })
  send(run, port, name)
}

function toAll(run: Translation, ports: readonly SwitchPort[]): void {
  const inPort = run.packet.get('in_port')
  for (const port of ports) if (port.number !== null && port.number !== inPort) send(run, port, port.name)
}
