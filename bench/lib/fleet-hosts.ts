// Many hosts with their own namespaces, files, sshd and Open vSwitch, beside a lab and made of its parts: a lab of its own name that has
// hosts only. They have no wire, no libvirt and no guests; each has br-int and br-tun with a few ports and flows, so that a reading has something to read.

import { mkdir } from 'node:fs/promises'
import { ensureGuestImage } from '@/lab/guest/image'
import { ovsdbServer, ovsVswitchd } from '@/lab/host/ovs'
import { ensureService, onHost, type HostContext } from '@/lab/host/service'
import { readHostKey, readHostKeyFingerprint, sshListener, writeSshConfig } from '@/lab/host/sshd'
import { labDown } from '@/lab/lab'
import { ensureNodeFiles } from '@/lab/node/files'
import { startKeeper } from '@/lab/node/keeper'
import { labPaths } from '@/lab/paths'
import { freePort } from '@/lab/relay'
import { ensureClientKey, nodeDir } from '@/lab/state'
import { all } from '@/lab/wait'

export interface FleetHost {
  readonly name: string
  readonly port: number
  /** A line of `ssh_host_ed25519_key.pub`. */
  readonly key: string
  readonly fingerprint: string
}

export interface Fleet {
  readonly hosts: readonly FleetHost[]
  readonly privateKeyPath: string
  readonly close: () => Promise<void>
}

/** Started at once. Looking for what has started goes through all processes of the machine. */
const AT_ONCE = 5

export async function openFleet(lab: string, count: number): Promise<Fleet> {
  const close = () => labDown({ name: lab })
  // What was killed in the middle of it.
  await close()
  const { nodesDir, sshDir, privateKey } = labPaths(lab)
  await mkdir(nodesDir, { recursive: true, mode: 0o700 })
  await ensureClientKey(sshDir, privateKey, lab)
  const guestDir = await ensureGuestImage(() => {})
  const hosts: FleetHost[] = []
  try {
    while (hosts.length < count) {
      const names = Array.from({ length: Math.min(AT_ONCE, count - hosts.length) }, (_, index) => `host${hosts.length + index + 1}`)
      hosts.push(...(await all(names.map((name) => startHost(lab, name, guestDir)))))
    }
    return { hosts, privateKeyPath: privateKey, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startHost(lab: string, name: string, guestDir: string): Promise<FleetHost> {
  const dir = nodeDir(lab, name)
  await ensureNodeFiles(dir, name, undefined, (draft) => writeSshConfig(draft, name, 'root', `${labPaths(lab).privateKey}.pub`))
  const host: HostContext = { keeper: await startKeeper(lab, name, dir, guestDir), sshPort: await freePort() }
  for (const service of [ovsdbServer, ovsVswitchd, sshListener]) await ensureService(service, host)
  await onHost(host, ['sh', '-c', SWITCH])
  return { name, port: host.sshPort, key: await readHostKey(dir), fingerprint: await readHostKeyFingerprint(dir) }
}

const PORTS = 10
const FLOWS = 60

const SWITCH = String.raw`
set -e
for bridge in br-int br-tun; do ovs-vsctl add-br $bridge -- set Bridge $bridge datapath_type=netdev fail_mode=secure protocols=OpenFlow10,OpenFlow13,OpenFlow14; done
seq 1 ${PORTS} | sed 's/.*/-- add-port br-int tap& tag=& -- set Interface tap& type=internal/' | xargs ovs-vsctl
seq 1 ${FLOWS} | sed 's/.*/table=24,priority=2,arp,in_port=1,arp_spa=10.0.0.&,actions=resubmit(,25)/' | ovs-ofctl --bundle add-flows br-int -
seq 1 ${FLOWS} | sed 's/.*/table=4,priority=1,tun_id=&,actions=mod_vlan_vid:&,resubmit(,10)/' | ovs-ofctl --bundle add-flows br-tun -
`
