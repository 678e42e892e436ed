// Another cloud that uses the same gateway cluster, made by hand on net1 as its own tools would make it: a tunnel to the VIP, a namespace for a VM, and two flows for
// what its router does. Its VM has an address, and its network a VNI, that are in use here as well.

import type { GatewayRecord } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import { labExec } from '../lab'
import { addressOf, fabric, hosts } from '../topology'
import { VIP } from './gateway-design'

const HOST = 'net1'
export const OTHER_HELLO = 'other'
const DVR_MAC = 'fa:16:3f:0c:00:01'
const SELECTOR_MAC = 'fa:16:3e:0c:00:01'
const FLOATING_IP = '203.0.113.190'

/** Arguments: own tunnel address, router there, VIP, VNI, address of the VM, MACs of host and selector, port, what it says. */
const BUILD = `set -e
ovs-vsctl add-br br-other -- set bridge br-other datapath_type=netdev -- add-port br-other ens37
ip address add "$1/24" dev br-other
ip link set br-other up
ip route add "$3/32" via "$2"
ovs-vsctl add-br br-vm -- set bridge br-vm datapath_type=netdev fail_mode=secure \\
  -- add-port br-vm to-vip -- set interface to-vip type=vxlan options:local_ip="$1" options:remote_ip="$3" options:key=flow \\
  -- add-port br-vm other-vm -- set interface other-vm type=internal
ip netns add other
ip link set other-vm netns other
ip -n other link set lo up
ip -n other link set other-vm address "$6" mtu 1450 up
ip -n other address add "$5/32" dev other-vm
ip -n other route add 169.254.1.1 dev other-vm
ip -n other neighbour add 169.254.1.1 lladdr "$7" dev other-vm nud permanent
ip -n other route add default via 169.254.1.1 dev other-vm
ovs-ofctl add-flow br-vm "in_port=other-vm,dl_dst=$7 actions=set_tunnel:$4,output:to-vip"
ovs-ofctl add-flow br-vm "in_port=to-vip,tun_id=$4,dl_dst=$6 actions=output:other-vm"
ip netns exec other setsid busybox nc -ll -p "$8" -e /bin/echo "$9" </dev/null >/dev/null 2>&1 &`

const REMOVE = `ip netns pids other | xargs -r kill
ip netns delete other
ovs-vsctl --if-exists del-br br-vm -- --if-exists del-br br-other`

interface OtherVm {
  readonly vni: number
  readonly vmIp: string
  /** Where it says hello. */
  readonly port: number
}

export async function buildOtherCloud(lab: string, { vni, vmIp, port }: OtherVm): Promise<GatewayRecord> {
  const vtep = hosts.find(({ name }) => name === HOST)!.tunnelAddress
  const words = [vtep, addressOf(fabric.legs[0]), VIP, String(vni), vmIp, DVR_MAC, SELECTOR_MAC, String(port), OTHER_HELLO]
  const { code, stderr } = await labExec(lab, HOST, ['sh', '-c', BUILD, 'sh', ...words])
  if (code !== 0) throw new Error(`another cloud on ${HOST}: ${stderr}`)
  return {
    cloudId: 'another',
    floatingIpId: '0c000001-0000-4000-8000-000000000001',
    floatingIp: FLOATING_IP,
    vmIp,
    dvrMac: DVR_MAC,
    vni,
    vtep,
    selectorMac: SELECTOR_MAC,
  }
}

export const removeOtherCloud = (lab: string): Promise<unknown> => labExec(lab, HOST, ['sh', '-c', REMOVE])
