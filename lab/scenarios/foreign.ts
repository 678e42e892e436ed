// Things that somebody made by hand before the console came: a bridge, a port, a flow, an iptables chain. A scenario
// proves that they are still there, unchanged, after apply and after delete.

import { labExec } from '../lab'

const FLOW = 'cookie=0x5,table=0,priority=77,dl_dst=02:00:00:00:00:77,actions=drop'

async function must(lab: string, host: string, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await labExec(lab, host, argv)
  if (code !== 0) throw new Error(`${host}: ${argv.join(' ')} failed with ${code}: ${stderr || stdout}`)
  return stdout
}

export async function makeForeign(lab: string, host: string): Promise<void> {
  await must(lab, host, ['ovs-vsctl', '--may-exist', 'add-br', 'br-hand', '--', 'set', 'Bridge', 'br-hand', 'datapath_type=netdev', '--', '--may-exist', 'add-port', 'br-hand', 'hand0', '--', 'set', 'Interface', 'hand0', 'type=internal'])
  await must(lab, host, ['ovs-ofctl', 'add-flow', 'br-hand', FLOW])
  const { code } = await labExec(lab, host, ['iptables', '-n', '-L', 'BYHAND'])
  if (code === 0) return
  await must(lab, host, ['iptables', '-N', 'BYHAND'])
  await must(lab, host, ['iptables', '-A', 'BYHAND', '-s', '198.51.100.7/32', '-j', 'DROP'])
  await must(lab, host, ['iptables', '-A', 'FORWARD', '-j', 'BYHAND'])
}

/** Everything about them that must not change, as text. */
export async function readForeign(lab: string, host: string): Promise<string> {
  const parts = await Promise.all([
    must(lab, host, ['ovs-vsctl', '--columns=_uuid,name,fail_mode,external_ids,other_config,ports', 'list', 'Bridge', 'br-hand']),
    must(lab, host, ['ovs-vsctl', '--columns=_uuid,name,tag,external_ids,other_config', 'list', 'Port', 'hand0']),
    must(lab, host, ['ovs-ofctl', '--no-stats', 'dump-flows', 'br-hand', 'cookie=0x5/-1']),
    must(lab, host, ['iptables', '-S', 'BYHAND']),
    must(lab, host, ['iptables', '-S', 'FORWARD']),
  ])
  return parts.join('\n')
}

export async function removeForeign(lab: string, host: string): Promise<void> {
  await labExec(lab, host, ['ovs-vsctl', '--if-exists', 'del-br', 'br-hand'])
  await labExec(lab, host, ['iptables', '-D', 'FORWARD', '-j', 'BYHAND'])
  await labExec(lab, host, ['iptables', '-F', 'BYHAND'])
  await labExec(lab, host, ['iptables', '-X', 'BYHAND'])
}
