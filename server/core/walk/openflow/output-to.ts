// output: by name or number of a port, or to one of OpenFlow's reserved ports (xlate_output_action). A frame never goes back by the
// port it came by, unless told IN_PORT.

import { normal } from './normal'
import { leave, send } from './output'
import { LOCAL, LOCAL_NUMBER } from './switch'
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
    case 'ALL':
      return flood(run)
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

/** Without flood_vlans and no-flood, which nobody reads, both are every port but the one it came by. */
function flood(run: Translation): void {
  const inPort = run.packet.get('in_port')
  for (const port of run.bridge.ports) if (port.number !== null && port.number !== inPort) send(run, port, port.name)
}
