// What each kind leaves out of a step's input where it is there. The script that holds all guards is run for real; the host's programs say what
// is there, in the words of iproute2 6.1, iptables 1.8.9 and libvirt 9.

import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { emptyHostState } from '../host/host-state'
import { restoreFiles, restoreSteps } from '../restore/restore-files'
import { restorePlace } from '../testing/restore-place'
import { ids, sampleTopology } from '../testing/sample-topology'

const files = restoreFiles(emptyHostState, { kind: 'host', id: ids.host(1) })

type Programs = Readonly<Record<string, string>>

/** What a program, called with these words, is given where its guard stands before it; nothing where it is not started. */
function guarded(step: string, argv: readonly string[], programs: Programs, input: string, leftAlone?: string) {
  const place = restorePlace(files, programs)
  if (leftAlone !== undefined) place.note('restore.left-alone', leftAlone)
  const { status, said, kept } = place.run(['guard.sh', step, ...argv], { input })
  place.remove()
  return { code: status, left: kept.slice(kept.indexOf('\n') + 1), said }
}

const says = (text: string) => `cat <<'EOF'\n${text}\nEOF`

describe('what is there of an ip batch', () => {
  const links = String.raw`1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue\    link/loopback 00:00:00:00:00:00
5: qbrff000021-00: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:01\    alias tapline:port/ff000021-0000-4000-8000-000000000021
6: br-data@if7: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:02\    alias mine
7: tap1: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:03
8: qvo1@qvb1: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1450 qdisc noqueue master qbr1 state UP\    link/ether 02:00:00:00:00:04\    alias tapline:port/ff000031
9: qvo2@qvb2: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:07\    alias tapline:port/ff000032
10: qvb2@qvo2: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:08
11: qvb3@if6: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:09\    alias tapline:port/ff000033
12: qvb4@qvo2: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:0a`
  const address = (device: string, cidr: string) => String.raw`8: ${device}    inet ${cidr} scope global ${device}\       valid_lft forever`
  const host = (addresses: string, names = 'fip-1') => ({
    ip: `case $* in
'-o link show') ${says(links)}
;;
'-o address show') ${says(addresses)}
;;
'rule show') ${says('100:	from 10.0.0.0/24 lookup 7\n101:	not from 10.0.0.5 to 10.1.0.0/16 fwmark 0x1/0xff iif rfp [detached] lookup 16 proto static')}
;;
'-n fip-1 -o link show dev fpr-1') ${says(String.raw`4: fpr-1@if4: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:05\    alias tapline:port/ff000031`)}
;;
'-n fip-1 -o link show dev fpr-2') ${says(String.raw`5: fpr-2@if5: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:06`)}
;;
'-n fip-1 -o link show dev fpr-3') ${says(String.raw`6: fpr-3@if11: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:0b`)}
;;
'-n fip-1 -o link show dev fpr-4') ${says(String.raw`7: fpr-4@if11: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:0c`)}
;;
'-n '*) exit 1 ;;
'netns identify') printf '%s' '${names}' ;;
*) keep "$@" ;;
esac`,
  })
  const leftOf = (step: string, input: string, addresses = address('qvo1', '10.0.0.5/24')) =>
    guarded(step, ['ip', '-force', '-batch', '-'], host(addresses), input)

  it.each([
    [
      'makes what is missing',
      'link add name qbrnew type bridge\nlink set dev qbrnew up\n',
      'link add name qbrnew type bridge\nlink set dev qbrnew up\n',
      0,
    ],
    [
      'does not make ours twice, and sets it up again',
      'link add name qbrff000021-00 type bridge\nlink set dev qbrff000021-00 up\n',
      'link set dev qbrff000021-00 up\n',
      0,
    ],
    [
      'leaves a foreign device of that name alone',
      'link add name br-data type bridge\nlink set dev br-data up\nlink set dev lo mtu 9000\n',
      'link set dev lo mtu 9000\n',
      1,
    ],
    [
      'does not set what is set',
      'link set dev qvo1 alias tapline:port/ff000031 mtu 1450 promisc on master qbr1 up\nlink set dev lo up\naddress replace 10.0.0.5/24 dev qvo1\n',
      '',
      0,
    ],
    [
      'sets what differs in anything',
      'link set dev qvo1 alias tapline:port/ff00003 up\nlink set dev qvo1 mtu 1500 up\nlink set dev qvo1 master qbr2\naddress replace 10.0.0.5/16 dev qvo1\n',
      'link set dev qvo1 alias tapline:port/ff00003 up\nlink set dev qvo1 mtu 1500 up\nlink set dev qvo1 master qbr2\naddress replace 10.0.0.5/16 dev qvo1\n',
      0,
    ],
    ['moves only what is still outside', 'link set dev tap1 netns q\nlink set dev tap2 netns q\n', 'link set dev tap1 netns q\n', 0],
    [
      'knows the name of a VLAN interface from that of the device below it',
      'link add link br-data name qbrff000021-00 type vlan id 7\nlink add link lo name lo.7 type vlan id 7\n',
      'link add link lo name lo.7 type vlan id 7\n',
      0,
    ],
    [
      'takes what stands on the tap of a VM that is off for not missing',
      'link add link tap9 name tap8 type vlan id 7\nlink add link tap1 name tap2 type vlan id 7\nlink set dev tap8 up\nlink set dev tap2 up\n',
      'link add link tap1 name tap2 type vlan id 7\nlink set dev tap2 up\n',
      0,
    ],
    [
      'moves the tunnel address to the bridge of the userspace datapath all the same',
      'address replace 10.0.0.5/24 dev br-ens37\n',
      'address replace 10.0.0.5/24 dev br-ens37\n',
      0,
    ],
    [
      'makes right in a namespace what is missing there',
      'link add name rfp-1 netns qrouter-1 type veth peer name fpr-1 netns fip-1\n',
      'link add name rfp-1 netns qrouter-1 type veth peer name fpr-1 netns fip-1\n',
      0,
    ],
    [
      'does not make it twice, and leaves a foreign one alone',
      'link add name fpr-1 netns fip-1 type veth peer name a\nlink add name fpr-2 netns fip-1 type veth peer name b\n',
      '',
      1,
    ],
    [
      'knows a rule by all that it says',
      'rule add not from 10.0.0.5/32 to 10.1.0.0/16 fwmark 0x1/0xff iif rfp lookup 16 priority 101\nrule add from 10.0.0.5/32 to 10.1.0.0/16 lookup 16 priority 101\n',
      'rule add from 10.0.0.5/32 to 10.1.0.0/16 lookup 16 priority 101\n',
      0,
    ],
    [
      'does not add a rule twice',
      'rule add from 10.0.0.0/24 lookup 7 priority 100\nrule add from 10.0.0.0/24 lookup 8 priority 100\n',
      'rule add from 10.0.0.0/24 lookup 8 priority 100\n',
      0,
    ],
  ])('[RESTORE-2] %s', (_, input, left, code) => {
    expect(leftOf('links.move', input)).toMatchObject({ left, code })
  })

  const foreignEnd = 'link set dev br-data alias tapline:port/ff000039 mtu 1450 promisc on master qbr1 up\n'
  it.each([
    [
      "makes no pair whose other end is somebody else's, which is not set up",
      `link add name qvo9 type veth peer name br-data\n${foreignEnd}link set dev lo mtu 9000\n`,
      'link set dev lo mtu 9000\n',
      1,
    ],
    [
      'also where the first end is born with its flags',
      `link add name qvo9 up promisc on type veth peer name br-data\n${foreignEnd}`,
      '',
      1,
    ],
    ['also where the first end is in a namespace', `link add name qvo9 netns q type veth peer name br-data\n${foreignEnd}`, '', 1],
    ['also where it is in another namespace', 'link add name qvb9 type veth peer name fpr-2 netns fip-1\nlink set dev qvb9 up\n', '', 1],
    ['also where both are in namespaces', 'link add name rfp-1 netns qrouter-1 type veth peer name fpr-2 netns fip-1\n', '', 1],
    [
      'does nothing with an end that is not made',
      `link add name qvo9 type veth peer name br-data\nlink set dev qvo9 up\naddress replace 10.0.0.5/24 dev qvo9\nlink add link qvo9 name qvo9.7 type vlan id 7\nlink set dev qvo9.7 up\n`,
      '',
      1,
    ],
    ['nor with the other end of one that is left alone', 'link add name br-data type veth peer name qvb9\nlink set dev qvb9 up\n', '', 1],
    [
      'sets up an end of ours',
      `link add name qvo1 type veth peer name br-data\nlink set dev qvo1 mtu 1500\n${foreignEnd}`,
      'link set dev qvo1 mtu 1500\n',
      1,
    ],
    [
      'knows the other end of a pair of ours that was not marked any more',
      'link add name qvo2 type veth peer name qvb2\nlink set dev qvb2 alias tapline:port/ff000032 up\n',
      'link set dev qvb2 alias tapline:port/ff000032 up\n',
      0,
    ],
    ['and the first one', 'link add name qvb2 type veth peer name qvo2\nlink set dev qvb2 up\n', 'link set dev qvb2 up\n', 0],
    ['and one in another namespace', 'link add name qvb3 type veth peer name fpr-3 netns fip-1\n', '', 0],
    ['takes no other device for it that says so', 'link add name qvo2 type veth peer name qvb4\nlink set dev qvb4 up\n', '', 1],
    ['nor one in another namespace', 'link add name qvb3 type veth peer name fpr-4 netns fip-1\n', '', 1],
    [
      'is not led astray by a device that is called peer',
      'link add name peer type bridge\nlink add name a type veth peer name peer netns q\n',
      'link add name peer type bridge\nlink add name a type veth peer name peer netns q\n',
      0,
    ],
  ])('[RESTORE-3] of a pair: %s', (_, input, left, code) => {
    expect(leftOf('links.add', input)).toMatchObject({ left, code })
  })

  it('[RESTORE-3] names either end of a pair, and both', () => {
    const { said } = leftOf(
      'links.add',
      'link add name tap1 type veth peer name br-data\nlink add name qvb9 type veth peer name fpr-2 netns fip-1\n',
    )
    const [one, other, far] = ['tap1 is there', 'br-data is there', 'fpr-2 is in fip-1'].map(
      (what) => `tapline-restore: ${what} and is not ours: left alone`,
    )
    expect(said).toEqual([one, other, far])
  })

  it('[RESTORE-3] names what is not ours', () => {
    const { said } = leftOf('links.add', 'link add name br-data type bridge\nlink add name fpr-2 netns fip-1 type veth peer name b\n')
    expect(said).toEqual([
      'tapline-restore: br-data is there and is not ours: left alone',
      'tapline-restore: fpr-2 is in fip-1 and is not ours: left alone',
    ])
  })

  it('[RESTORE-3] puts nothing of ours into it, nor anything on it', () => {
    const foreign = 'link add name br-data type bridge\n'
    expect(
      leftOf(
        'links.add',
        `${foreign}link set dev qvo1 alias tapline:port/ff000031 master br-data up\nlink set dev lo alias a master br-data up\naddress replace 10.0.0.5/24 dev br-data\nlink add link br-data name br-data.7 type vlan id 7\nlink set dev br-data.7 up\n`,
      ),
    ).toMatchObject({ left: 'link set dev lo alias a up\n', code: 1 })
  })

  const left = 'fip-1:fpr-2\nfip-2:fpr-1\n:br-data\n'
  it.each([
    [
      'links.inside',
      ['ip', '-force', '-batch', '-'],
      'link set dev fpr-2 alias tapline:port/ff000031 up\nneigh replace 10.0.0.1 lladdr 02:00:00:00:00:01 dev fpr-2 nud permanent\nlink set dev fpr-1 up\n',
      'link set dev fpr-1 up\n',
    ],
    [
      'sysctls.setInside',
      ['keep'],
      'net/ipv4/ip_forward = 1\nnet/ipv4/conf/fpr-2/rp_filter = 0\nnet/ipv4/conf/fpr-1/rp_filter = 0\n',
      'net/ipv4/ip_forward = 1\nnet/ipv4/conf/fpr-1/rp_filter = 0\n',
    ],
    ['fdb.set', ['keep'], 'fdb append 00:00:00:00:00:00 dev fpr-2 dst 10.0.0.1 self permanent\n', ''],
    ['links.setOffload', ['keep'], 'fpr-2\nfpr-1\n', 'fpr-1\n'],
  ])('[RESTORE-3] in the steps after the one that found it, and in its namespace, too: %s', (step, argv, input, wanted) => {
    expect(guarded(step, argv, { ...host(''), bridge: '', keep: 'keep "$@"' }, input, left)).toMatchObject({ left: wanted, code: 0 })
  })

  const offload = ['keep']
  it.each([
    ['a namespace with a name', 'fip-1', 'fip-1', 'lo\n'],
    ['that of the host, which has none', '', '', 'lo\n'],
    ['that of the host, where it has one', 'host', 'host', 'lo\n'],
    ['one with several', 'host\nother', 'other\nhost', 'lo\n'],
    ['not that of the host, where it was found in another', 'fip-1', '', 'br-data\nlo\n'],
    ['not another, where it was found in that of the host', '', 'fip-1', 'br-data\nlo\n'],
    ['not one that is called nearly so', 'fip-1', 'fip.1', 'br-data\nlo\n'],
  ])('[RESTORE-3] what a step finds, a later one leaves out of the same namespace: %s', (_, found, asked, wanted) => {
    const place = restorePlace(files, { ...host('', found), keep: 'keep "$@"' })
    place.run(['guard.sh', 'links.inside', 'ip', '-force', '-batch', '-'], { input: 'link add link lo name br-data type vlan id 7\n' })
    const leftAlone = place.read('restore.left-alone')
    place.remove()
    expect(guarded('links.setOffload', offload, { ...host('', asked), keep: 'keep "$@"' }, 'br-data\nlo\n', leftAlone)).toMatchObject({
      left: wanted,
      code: 0,
    })
  })

  it('[RESTORE-3] no later step counts on an end that was not made', () => {
    const place = restorePlace(files, { ...host(''), keep: 'keep "$@"' })
    const input = 'link add name qvo9 type veth peer name br-data\nlink add link br-data name br-data.7 type vlan id 7\n'
    place.run(['guard.sh', 'links.add', 'ip', '-force', '-batch', '-'], { input })
    const { kept, status } = place.run(['guard.sh', 'links.setOffload', ...offload], { input: 'qvo9\nbr-data\nbr-data.7\nlo\n' })
    place.remove()
    expect([kept, status]).toEqual(['keep\nlo\n', 0])
  })

  it('[RESTORE-3] a name that a plan has for a namespace is one of several', () => {
    const programs = { ...host('', 'other\nfip-1'), keep: 'keep "$@"' }
    expect(guarded('links.setOffload', offload, programs, 'fpr-2\nfpr-1\n', left)).toMatchObject({ left: 'fpr-1\n', code: 0 })
  })

  const vtep = (cidr: string) => `address replace ${cidr} dev ens37 label ens37:tl\n`
  const kernelHost = compileHost(sampleTopology({ datapathType: 'system' }), ids.host(2))
  const { cidr } = kernelHost.addresses[0]!
  it('[DIFF-9] the one address of a host on the kernel datapath is that of its tunnels, with its label', () => {
    expect(
      restoreSteps(kernelHost).flatMap(({ draft: { command } }) => (command.stdin?.includes('address replace') ? [command.stdin] : [])),
    ).toEqual([vtep(cidr)])
  })
  it.each([
    ['leaves it to the host that has it', address('ens37', cidr), ''],
    ['whatever the device and the prefix', address('lo', cidr.replace('/24', '/32')), ''],
    ['adds the one that a boot took', address('ens37', '192.168.150.99/24'), vtep(cidr)],
  ])('[DIFF-9] of a tunnel address: %s', (_, there, left) => {
    expect(leftOf('links.move', vtep(cidr), there)).toMatchObject({ left, code: 0 })
  })
})

describe('what is there of an input', () => {
  const entry = (destination: string) => `fdb append 00:00:00:00:00:00 dev vxlan-7 dst ${destination} self permanent\n`
  const bridge = {
    bridge: `case $1 in fdb) ${says('33:33:00:00:00:01 dev ens37 self permanent\n00:00:00:00:00:00 dev vxlan-7 dst 192.168.150.12 self permanent')}\n;;\n*) keep "$@" ;; esac`,
  }
  it('[RESTORE-2] leaves out a destination of a VXLAN device', () => {
    expect(
      guarded('fdb.set', ['bridge', '-force', '-batch', '-'], bridge, entry('192.168.150.12') + entry('192.168.150.13')),
    ).toMatchObject({ left: entry('192.168.150.13'), code: 0 })
  })

  const chains =
    '*mangle\n:tapline-POSTROUTING - [0:0]\n-A tapline-POSTROUTING -j CHECKSUM\n-I POSTROUTING -j tapline-POSTROUTING\nCOMMIT\n'
  const withoutJump = chains.replace('-I POSTROUTING -j tapline-POSTROUTING\n', '')
  it.each([
    ['passes everything to a namespace without tables', 'iptables', '', chains],
    ['leaves out a jump that is there', 'iptables', '*mangle\n-A POSTROUTING -j tapline-POSTROUTING\nCOMMIT', withoutJump],
    ['takes no other table for it', 'ip6tables', '*nat\n-A POSTROUTING -j tapline-POSTROUTING\nCOMMIT', chains],
    ['asks each family by its own program', 'ebtables-nft', '*mangle\n-A POSTROUTING -j tapline-POSTROUTING\nCOMMIT', withoutJump],
  ])('[RESTORE-2] of chains: %s', (_, family, saved, left) => {
    const programs = { [`${family}-save`]: says(saved), [`${family}-restore`]: 'keep "$@"' }
    expect(guarded('iptables.write', [`${family}-restore`, '--noflush'], programs, chains)).toMatchObject({ left, code: 0 })
  })

  const pairs = String.raw`8: qvo1@qvb1: <UP> mtu 1450\    link/ether 02:00:00:00:00:04\    alias tapline:port/ff000031
9: qvo2@qvb2: <UP> mtu 1450\    link/ether 02:00:00:00:00:05
10: qvo3@if3: <UP> mtu 1450\    link/ether 02:00:00:00:00:06\    alias tapline:port/ff000033`
  it.each([
    [
      'waits for the pairs of ours that the bridge has, and writes all',
      'qvo1 qvo2 ens38',
      'true',
      '-- wait-until Interface qvo1 ofport>0\n',
      0,
    ],
    ['waits for nothing where no port is such a pair', 'ens38', 'exit 1', '', 0],
    ['writes nothing while one is not found', 'qvo3', 'exit 1', '-- wait-until Interface qvo3 ofport>0\n', 2],
  ])('[RESTORE-4] of flows: %s', (_, ports, found, waits, code) => {
    const programs = {
      ip: says(pairs),
      'ovs-vsctl': `shift; case $1 in list-ports) [ "$2" = br-int ] && printf '%s\\n' ${ports} ;; *) echo "$@" >>"$JOURNAL"; ${found} ;; esac`,
      'ovs-ofctl': 'keep "$@"',
    }
    const argv = ['ovs-ofctl', '-O', 'OpenFlow14', '--bundle', 'add-flows', 'br-int', '-']
    const place = restorePlace(files, programs)
    const { kept, status } = place.run(['guard.sh', 'flows.write', ...argv], { input: 'add table=0\n' })
    place.remove()
    expect([kept, status]).toEqual([waits + (code === 0 ? `${argv.join(' ')}\nadd table=0\n` : ''), code])
  })
})

describe('[RESTORE-5] a VM', () => {
  const start = ['virsh', '-q', '-c', 'qemu:///system', 'start', 'uuid-1']
  it.each([
    ['is started where it is off', 'shut off', {}, true, 0],
    ['is started where it crashed', 'crashed', {}, true, 0],
    ['goes on where it runs', 'running', {}, false, 0],
    ['stays as it is once a boot was brought back', 'shut off', { isRestored: true }, false, 0],
    ['is not started past a filter that could not be written', 'shut off', { failed: 'iptables.write' }, false, 2],
    ['is started whatever else failed', 'shut off', { failed: 'links.add' }, true, 0],
  ])('%s', (_, state, options, isStarted, code) => {
    const virsh = `case "$4 $5" in 'domstate uuid-1') echo '${state}' ;; *) echo started >"$JOURNAL" ;; esac`
    const place = restorePlace(files, { virsh })
    if ('isRestored' in options) place.note('restored')
    const { kept, status } = place.run(['guard.sh', 'domains.start', ...start], 'failed' in options ? options : {})
    place.remove()
    expect([kept !== '', status]).toEqual([isStarted, code])
  })
})
