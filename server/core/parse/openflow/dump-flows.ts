// Output of `ovs-ofctl -O OpenFlow14 --names dump-flows BRIDGE`: one flow a line below a heading that not every form has.
//
//   OFPST_FLOW reply (OF1.4) (xid=0x4):
//    cookie=0x0, duration=28.475s, table=0, n_packets=46, n_bytes=9802, priority=0 actions=NORMAL

import type { Flow } from '../../host/flow'
import { parseEach, type Parsed } from '../parse-result'
import { canonicalFlow } from './canonical-flow'
import { noPortNames, type PortNames } from './port-name'

const HEADING = /^(?:OFPST_FLOW|NXST_FLOW) reply(?: \(OF\d\.\d\))? \(xid=0x[0-9a-f]+\):(?: flags=\[more\])?$/

export function parseDumpFlows(
  text: string,
  bridge: string,
  ports: PortNames = noPortNames,
  section = `flows ${bridge}`,
): Parsed<readonly Flow[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !HEADING.test(line.trim()))
  return parseEach(lines, section, (line) => canonicalFlow(line, bridge, ports))
}
