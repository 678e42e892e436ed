// The one script that reads a host: everything HostState and HostFacts need, in one SSH channel. It is a constant; the only
// thing given to it is a nonce ($1) that marks where a section ends (sections.ts). Names that come from the host (of
// namespaces, bridges, domains) are used as arguments only, after a look at their characters.
//
// It must never change the host, must run in any POSIX shell, and must answer with empty sections where a tool is missing.
// Programs are started sparingly: on a small host most of the time goes into starting them. What the shell or one grep over
// /proc can tell is not asked of a program, `ip` reads four lists in one run, ethtool all devices in one.

import { readCommand, type Command } from '../commands/command'

/** Runs in each network namespace, the root included. $1 nonce, $2 name. Holds no single quote: it is an argument below. */
const READ_NAMESPACE = String.raw`
n=$1 ns=$2
end() { printf "\n@@%s %s %s\n" "$n" "$?" "$1 $ns"; }
has() { command -v "$1" >/dev/null; }
printf "addr show\nroute show table all\nrule show\nnetns list-id\n" | ip -j -d -s -force -batch -
end ip
cd /proc/sys && grep -s "" /dev/null net/ipv4/ip_forward net/ipv4/ip_nonlocal_bind net/ipv6/conf/all/forwarding net/bridge/* \
  net/ipv4/conf/*/arp_ignore net/ipv4/conf/*/arp_announce net/ipv6/conf/*/disable_ipv6 net/ipv6/conf/*/accept_ra
:; end sysctl
if has iptables-save; then iptables-save; end iptables; fi
if has ip6tables-save; then ip6tables-save; end ip6tables; fi
if has ethtool; then
  {
    ethtool -k "*" 2>/dev/null ||
    for conf in net/ipv4/conf/*; do
      case ${'$'}{conf##*/} in all | default) ;; *) ethtool -k "${'$'}{conf##*/}" 2>/dev/null ;; esac
    done
  } | grep -e "^Features for" -e "^tx-checksumming"
  :; end ethtool
fi
`

const FACTS = String.raw`
read -r hostname </proc/sys/kernel/hostname
read -r kernel </proc/sys/kernel/osrelease
printf 'hostname %s\nkernel %s\n' "$hostname" "$kernel"
for tool in ip ovs-vsctl ovs-ofctl ovs-appctl virsh dnsmasq iptables ip6tables tcpdump ethtool bridge ebtables-nft-restore sysctl conntrack ipset qemu-system-x86_64; do
  if has "$tool"; then echo "tool $tool yes"; else echo "tool $tool no"; fi
done
module=no
for file in /sys/module/openvswitch "/lib/modules/$kernel"/*/net/openvswitch/openvswitch.ko*; do [ -e "$file" ] && module=yes; done
echo "module openvswitch $module"
# A device that opens is not enough: a virtual machine may show it and its processor have nothing behind it.
kvm=no-device
[ -c /dev/kvm ] && kvm=no-access
[ $kvm = no-access ] && (: </dev/kvm) 2>/dev/null && kvm=no-processor
[ $kvm = no-processor ] && grep -m1 '^flags' /proc/cpuinfo | grep -qwE 'vmx|svm' && kvm=no-libvirt
[ $kvm = no-libvirt ] && libvirt && virsh -q -c qemu:///system domcapabilities --virttype kvm --arch x86_64 >/dev/null 2>&1 && kvm=usable
echo "kvm $kvm"
# sudo drops SSH_CONNECTION from the environment; a process above us still has it.
p=$PPID ssh=$SSH_CONNECTION
for hop in 1 2 3 4 5 6; do
  [ -z "$ssh" ] && [ "${'$'}{p:-0}" -gt 1 ] || break
  ssh=$(grep -az '^SSH_CONNECTION=' "/proc/$p/environ" | tr -d '\000') ssh=${'$'}{ssh#*=}
  while read -r key value; do [ "$key" = PPid: ] && p=$value && break; done <"/proc/$p/status"
done 2>/dev/null
set -f; set -- $ssh; set +f
echo "ssh $3"
# An agent of another network namespace (a container) is another host's.
self=$(readlink /proc/self/ns/net)
grep -aHszoE '^([^ ]*/)?neutron-[a-z0-9-]+-agent$' /proc/[0-9]*/cmdline | tr '\000' '\n' | while IFS=: read -r file agent; do
  [ "$(readlink "${'$'}{file%/cmdline}/ns/net")" = "$self" ] && echo "agent ${'$'}{agent##*/}"
done
:; end facts
`

/**
 * Flows in OpenFlow 1.4 where the bridge speaks it, else the newest of the older ones. Port numbers, not names: `--names` makes
 * ovs-ofctl ask for the features of all 254 tables and takes four times as long; the OVSDB read just before has the names.
 */
const OPEN_VSWITCH = String.raw`
if has ovs-vsctl; then
  ovs=$(ovs-vsctl --timeout=5 --format=json \
    -- --columns=_uuid,name,datapath_type,fail_mode,protocols,other_config,external_ids,controller,ports list Bridge \
    -- --columns=_uuid,name,tag,vlan_mode,trunks,other_config,external_ids,interfaces list Port \
    -- --columns=_uuid,name,type,options,external_ids,mac_in_use,mtu_request,ofport,error,link_state,statistics list Interface \
    -- --columns=_uuid,target list Controller \
    -- --columns=ovs_version,datapath_types list Open_vSwitch \
    -- list-br)
  code=$?
  printf '%s\n' "$ovs"
  (exit $code); end ovsdb
  # The bridge names follow the last table.
  for bridge in ${'$'}{ovs##*\}}; do
    if plain "$bridge"; then
      ovs-ofctl --timeout=5 -O OpenFlow10,OpenFlow13,OpenFlow14 --no-names dump-flows "$bridge"
      end "flows $bridge"
    else
      printf '%s\n' "$bridge"; false; end name
    fi
  done
fi
`

/** Of the root namespace: VTEPs of VXLAN devices, and what frames meet inside bridges. */
const LINUX_BRIDGE = String.raw`
if has bridge; then bridge -j fdb show; end fdb; fi
if has ebtables-nft-save; then ebtables-nft-save; end ebtables; fi
`

/** Pids are digits; their command lines are read in the same grep as the files. */
const DNSMASQ = String.raw`
lines=
for path in /var/lib/tapline/dhcp/*/pid; do
  pid=
  read -r pid <"$path"
  case $pid in '' | *[!0-9]*) ;; *) lines="$lines /proc/$pid/cmdline" ;; esac
done 2>/dev/null
if [ -d /var/lib/tapline/dhcp ]; then
  cd /var/lib/tapline/dhcp && grep -aHs '' */host */addn_hosts */opts */leases */pid $lines | tr '\000' '\037'
fi
:; end dnsmasq
`

/** Digests say whether it is the one that the design makes; texts would double the reading of a busy host. */
const RESTORE_UNIT = String.raw`
unit=/etc/systemd/system/tapline-restore.service restore=/var/lib/tapline/restore
if [ -e "$unit" ] || [ -L "$unit" ] || [ -d "$restore" ]; then
  mark=$unit
  [ -e "$mark" ] || [ -L "$mark" ] || mark=$restore/current/tapline-restore.service
  IFS= read -r line <"$mark" && printf 'mark %s\n' "$line"
  [ -e "/etc/systemd/system/multi-user.target.wants/${'$'}{unit##*/}" ] && [ -e "/etc/systemd/system/ovs-vswitchd.service.wants/${'$'}{unit##*/}" ] && echo enabled
  IFS= read -r line </run/tapline/restore-result && printf 'result %s\n' "$line"
  sha1sum "$unit" "$restore"/current/*
fi 2>/dev/null
:; end restore
`

const LIBVIRT = String.raw`
if libvirt; then
  list=$(virsh -q -c qemu:///system 'version --daemon; list --all --uuid')
  code=$?
  printf '%s\n' "$list"
  (exit $code); end virsh
  commands=
  for uuid in $list; do
    case $uuid in ????????-????-????-????-????????????) plain "$uuid" && commands="$commands dumpxml $uuid; domstate $uuid;" ;; esac
  done
  if [ -n "$commands" ]; then virsh -q -c qemu:///system "$commands"; end domains; fi
fi
`

export const READ_SCRIPT = String.raw`n=$1
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin LC_ALL=C
export PATH LC_ALL
exec </dev/null
end() { printf '\n@@%s %s %s\n' "$n" "$?" "$1"; }
has() { command -v "$1" >/dev/null; }
# Without a socket there is no daemon, and virsh would wait for one.
libvirt() { has virsh && { [ -S /run/libvirt/libvirt-sock ] || [ -S /run/libvirt/virtqemud-sock ]; }; }
plain() { case $1 in '' | -* | *[!A-Za-z0-9_.:@-]*) false ;; esac; }
${FACTS}
net='${READ_NAMESPACE}'
sh -c "$net" sh "$n" ''
:; end namespace
# nsenter takes a quarter of the time of ip netns exec, which mounts a /sys that nothing here reads.
for path in /run/netns/*; do
  ns=${'$'}{path##*/}
  [ -e "$path" ] || continue
  if plain "$ns"; then
    if has nsenter; then
      nsenter --net="$path" sh -c "$net" sh "$n" "$ns"
    else
      ip netns exec "$ns" sh -c "$net" sh "$n" "$ns"
    fi
    end "namespace $ns"
  else
    printf '%s\n' "$ns"; false; end name
  fi
done
${LINUX_BRIDGE}
${OPEN_VSWITCH}
${DNSMASQ}
${LIBVIRT}
${RESTORE_UNIT}
:; end done
`

/** A busy host with many namespaces answers slower than any single command. */
const READ_TIMEOUT_MS = 120_000

export const readHostCommand = (nonce: string): Command =>
  readCommand(['sh', '-c', READ_SCRIPT, 'tapline-read', nonce], { timeoutMs: READ_TIMEOUT_MS })
