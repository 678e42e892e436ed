// The one script that reads a host: everything HostState and HostFacts need, in one SSH channel. A kind that has a section of its own brings its
// part along (core/kinds). It is a constant; what is
// given to it is a nonce ($1) that marks where a section ends (sections.ts) and, behind it, the parts of the host that are asked for (host-part.ts):
// nothing there is everything. Names that come from the host (of namespaces, bridges, domains) are used as arguments only, after a look at
// their characters; a part that is asked for only selects among the names that the host has.
//
// It must never change the host, must run in any POSIX shell, and must answer with empty sections where a tool is missing.
// Nothing in it may hang or grow without bound: what asks a daemon does so under a time limit, and what a bridge prints is cut off.
// A command that fails fails alone, with its own words (the section `errors`).
// Programs are started sparingly: on a small host most of the time goes into starting them. What the shell or one grep over
// /proc can tell is not asked of a program, `ip` reads four lists in one run, ethtool all devices in one.

import { readCommand, type Command } from '../commands/command'
import { kindNames } from '../host/host-state'
import { kindOf } from '../kinds/kinds'
import { wordsOf, type HostScope } from './host-part'
import { READ_NAMESPACE, READ_NAMESPACES } from './read-namespaces'

/** Of one bridge. 20,000 flows of a busy host print 5 MB; somebody else's bridge may have hundreds of thousands. */
export const MAX_FLOW_BYTES = 8 * 1024 * 1024

/** Seconds that Open vSwitch has to answer. */
export const ANSWER_S = 5
/** Libvirt starts a thread for each client and takes longer where a processor is emulated; it writes hundreds of domains in `LIBVIRT_DOMAINS_S`. */
export const LIBVIRT_ANSWER_S = 45
const LIBVIRT_DOMAINS_S = 60

const FACTS = String.raw`
read -r hostname </proc/sys/kernel/hostname
read -r kernel </proc/sys/kernel/osrelease
printf 'hostname %s\nkernel %s\n' "$hostname" "$kernel"
for tool in ip ovs-vsctl ovs-ofctl ovs-appctl virsh dnsmasq iptables ip6tables tcpdump arping ethtool bridge ebtables-nft-restore sysctl conntrack ipset bird keepalived radvd qemu-system-x86_64; do
  if has "$tool"; then echo "tool $tool yes"; else echo "tool $tool no"; fi
done
module=no
for file in /sys/module/openvswitch "/lib/modules/$kernel"/*/net/openvswitch/openvswitch.ko*; do [ -e "$file" ] && module=yes; done
echo "module openvswitch $module"
ipv6=no
[ -d /proc/sys/net/ipv6/conf ] && ipv6=yes
echo "ipv6 $ipv6"
# A device that opens is not enough: a virtual machine may show it and its processor have nothing behind it.
kvm=no-device
[ -c /dev/kvm ] && kvm=no-access
[ $kvm = no-access ] && (: </dev/kvm) 2>/dev/null && kvm=no-processor
[ $kvm = no-processor ] && grep -m1 '^flags' /proc/cpuinfo | grep -qwE 'vmx|svm' && kvm=no-libvirt
[ $kvm = no-libvirt ] && [ "$libvirt" = 0 ] && ask ${LIBVIRT_ANSWER_S} domcapabilities --virttype kvm --arch x86_64 >/dev/null 2>&1 && kvm=usable
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
here() { [ "$(readlink "${'$'}{1%/cmdline}/ns/net")" = "$self" ]; }
grep -aHszoE '^([^ ]*/)?neutron-[a-z0-9-]+-agent$' /proc/[0-9]*/cmdline | tr '\000' '\n' | while IFS=: read -r file agent; do
  here "$file" && echo "agent ${'$'}{agent##*/}"
done
# With a daemon that does not answer, its VMs are told by their processes.
if [ -n "$libvirt" ] && [ "$libvirt" != 0 ]; then
  echo "libvirt $libvirt"
  grep -alszx -e -uuid /proc/[0-9]*/cmdline | while read -r file; do
    here "$file" && tr '\000' '\n' <"$file" | while read -r word; do
      [ "$before" = -uuid ] && plain "$word" && echo "guest $word"
      before=$word
    done
  done
fi 2>/dev/null
end facts 0
`

/** A host of ours has a handful of bridges; those of its trunks come by the hundred. */
const MAX_LEARNED_BRIDGES = 20
const MAX_LEARNED_TRUNKS = 20
/** A MAC table of 8,192 entries, the most that Open vSwitch keeps unless told, is 300 kB. */
export const MAX_LEARNED_BYTES = 1024 * 1024
const LEARNED_ANSWER_S = 2

/**
 * Flows of bridge after bridge on their way out, each begun by a line `@@nonce begin br-int`. It says on standard error what else a walk will ask
 * for of each that came whole: `br-int/0` nothing, 1 the MAC table, 2 groups too. With one that has too many it ends, so that nobody goes on
 * printing them: `br-int/cut`.
 */
const PASS_FLOWS = String.raw`
index($0, mark) == 1 && $2 == "begin" { name = $3; size = lead = 0; next }
index($0, mark) == 1 { if ($2 == 0 && $3 == "flows") print name "/" lead + 0 >"/dev/stderr"; print; next }
{ print; size += length($0) + 1 }
/NORMAL/ && lead == 0 { lead = 1 }
/group:/ { lead = 2 }
max <= size { print "\n" mark "0 flows " name; print name "/cut" >"/dev/stderr"; exit }`

/** The same for what was learned. Behind a line `@@nonce ports` come ports, of which those pass that have a flag of ovs-ofctl mod-port. */
const PASS_LEARNED = String.raw`
index($0, mark) == 1 && $2 == "ports" { ports = 1; text = ""; next }
index($0, mark) == 1 { if (ports) print text; print; ports = size = 0; next }
ports && /^OFPST_PORT_DESC/ { text = $0 "\n" }
ports && /^     config: .*NO_/ && length(text) < max { text = text port "\n" $0 "\n" }
ports { port = $0; next }
size < max { print; size += length($0) + 1 }`

/**
 * Flows in OpenFlow 1.4 where the bridge speaks it, else the newest of the older ones. Port numbers, not names: `--names` makes
 * ovs-ofctl ask for the features of all 254 tables and takes four times as long; the OVSDB read just before has the names.
 * Bridges are the rows of the table, printed once more as the first line, with the versions each speaks: `list-br` also names fake
 * bridges, which are VLANs of another and have no flows.
 */
const OPEN_VSWITCH = String.raw`
flows() {
  printf '@@%s begin %s\n' "$n" "$1"
  said=$(ovs-ofctl --timeout=${ANSWER_S} -O OpenFlow10,OpenFlow13,OpenFlow14 --no-names dump-flows "$1" 2>&1 >&5)
  report "flows $1" $? "$said"
}
# What it learned may be missing: a walk then knows that nobody looked, and nothing else asks for it. Where the switch does not answer
# once it is not asked again. Only OpenFlow 1.0 tells of NO_FLOOD.
answers=yes learned=${MAX_LEARNED_BRIDGES} trunks=${MAX_LEARNED_TRUNKS}
ports() { printf '@@%s ports\n' "$n"; ovs-ofctl --timeout=${LEARNED_ANSWER_S} -O "$2" dump-ports-desc "$1"; }
nothing() { printf '@@%s ports\n' "$n"; answers=; }
learn() {
  case $1 in tbr-*) left=$trunks trunks=$((trunks - 1)) ;; *) left=$learned learned=$((learned - 1)) ;; esac
  [ -n "$answers" ] && [ "$left" -gt 0 ] || return
  { case $speaks10 in *" $1 "*) ports "$1" OpenFlow10 ;; *) false ;; esac } || ports "$1" OpenFlow11,OpenFlow13,OpenFlow14 || nothing
  end "port-flags $1" 0
  [ -n "$answers" ] && [ "$2" -gt 0 ] || return
  ovs-appctl --timeout=${LEARNED_ANSWER_S} fdb/show "$1" || answers=
  end "ovs-macs $1" 0
  [ -n "$answers" ] && [ "$2" -gt 1 ] || return
  ovs-ofctl --timeout=${LEARNED_ANSWER_S} -O OpenFlow11,OpenFlow13,OpenFlow14 --no-names dump-groups "$1"
  end "groups $1" 0
}
# One awk for all bridges, and one for what they learned: on a small host a program more for each takes longer than what it does.
read_bridges() {
  leads=
  while [ -n "$bridges" ]; do
    came=$({ for bridge in $bridges; do flows "$bridge"; done 5>&1 | awk -v mark="@@$n " -v max=${MAX_FLOW_BYTES} "$pass_flows" >&3; } 2>&1)
    leads="$leads $came" left=
    # Those behind one that was cut off.
    for bridge in $bridges; do
      if [ -n "$left" ]; then left="$left $bridge"; else case " $came" in *[[:space:]]"$bridge/cut"*) left=' ' ;; esac; fi
    done
    bridges=${'$'}{left# }
  done
  for lead in $leads; do
    case $lead in */[012]) learn "${'$'}{lead%/*}" "${'$'}{lead#*/}" 2>/dev/null ;; esac
  done | awk -v mark="@@$n " -v max=${MAX_LEARNED_BYTES} "$pass_learned"
}
ovsdb() {
  ovs=$(ovs-vsctl --timeout=${ANSWER_S} --format=json \
    -- --columns=name,protocols list Bridge \
    -- --columns=_uuid,name,datapath_type,fail_mode,protocols,other_config,external_ids,controller,ports,stp_enable,rstp_enable,mcast_snooping_enable,mirrors,flood_vlans list Bridge \
    -- list Port \
    -- --columns=_uuid,name,type,options,external_ids,mac_in_use,mtu_request,ofport,error,link_state,statistics list Interface \
    -- --columns=_uuid,target list Controller \
    -- list Open_vSwitch 2>&1)
}
pass_flows='${PASS_FLOWS}'
pass_learned='${PASS_LEARNED}'
ovs= bridges= speaks10=' '
if has ovs-vsctl; then
  ovsdb
  code=$?
  if [ $code = 0 ]; then
    printf '%s\n' "$ovs"
    end ovsdb 0
    # {"data":[["br-int","OpenFlow14"],["br-ex",["set",[]]]],"headings":["name","protocols"]}: a quote inside a name is escaped, so these
    # words are the table's own. None listed are all versions.
    first=${'$'}{ovs%%"
"*} rows=
    case $first in '{"data":[["'*']],"headings":["name","protocols"]}') rows=${'$'}{first#'{"data":[["'} rows=${'$'}{rows%']],"headings":["name","protocols"]}'} ;; esac
    while [ -n "$rows" ]; do
      row=${'$'}{rows%%'],["'*} bridge=${'$'}{row%%'",'*}
      case $rows in *'],["'*) rows=${'$'}{rows#*'],["'} ;; *) rows= ;; esac
      if ! plain "$bridge"; then printf '%s\n' "$bridge"; end name 0; continue; fi
      case $row in *OpenFlow10* | *'["set",[]]') speaks10="$speaks10$bridge " ;; esac
      if asked "bridge/$bridge"; then bridges="$bridges $bridge"; fi
    done
    if [ -n "$bridges" ]; then read_bridges; fi
  else
    report ovsdb $code "$ovs"
    ovs=
  fi
fi
`

/** 50,000 addresses that bridges learned. */
export const MAX_TABLE_BYTES = 8 * 1024 * 1024

/** Of the root namespace: VTEPs of VXLAN devices, and what frames meet inside bridges. */
const LINUX_BRIDGE = String.raw`
if has bridge; then run fdb whole bridge -j fdb show; fi
if has ebtables-nft-save; then run ebtables whole ebtables-nft-save; fi
`

/** Kinds that a section of their own tells. */
const OF_KINDS = kindNames
  .flatMap((kind) => kindOf(kind).reading ?? [])
  .map(({ section, script }) => `if asked ${section}; then\n${script}\nfi`)
  .join('\n')

/** With so many it does not matter that virsh is started twice. */
const MAX_AT_ONCE = 32

/**
 * Asked first: FACTS wants to know whether there is an answer. $libvirt: '' not installed, `stopped` without a socket, else an exit code.
 * Starting virsh takes longer than what it does here, so domains are asked for together with their list, by the names of their files. Which the
 * list has beside them is asked for behind it, by UUID; what a file names and libvirt does not know is no domain. A number would be an id.
 */
const ASK_LIBVIRT = String.raw`
has timeout || timeout() { shift; "$@"; }
ask() { seconds=$1; shift; timeout "$seconds" virsh -q -c qemu:///system "$@"; }
and_domain() { commands="$commands dumpxml $1; domstate $1 --reason;"; }
libvirt= list= documents=
if has virsh; then
  libvirt=stopped
  # Without a socket there is no daemon, and virsh would wait for one.
  if [ -S /run/libvirt/libvirt-sock ] || [ -S /run/libvirt/virtqemud-sock ]; then
    commands= known=' ' count=0
    for file in /run/libvirt/qemu/*.xml /etc/libvirt/qemu/*.xml; do
      name=${'$'}{file##*/} name=${'$'}{name%.xml}
      case $name in ????????-????-????-????-????????????) continue ;; *[!0-9]*) plain "$name" || continue ;; *) continue ;; esac
      case $known in *" $name "*) continue ;; esac
      known="$known$name " count=$((count + 1))
      and_domain "$name"
    done
    [ $count -le ${MAX_AT_ONCE} ] || commands=
    IFS=$(printf '\001')
    # Its exit code is that of the list.
    answer=$(ask ${LIBVIRT_ANSWER_S} "$commands echo $IFS; version --daemon; list --all --uuid" 2>&4)
    libvirt=$?
    set -f; set -- $answer; set +f; unset IFS
    documents=$1 list=$2
  fi
fi
`

const LIBVIRT = String.raw`
case $libvirt in
'' | stopped) ;;
0)
  printf '%s\n' "$list"
  end virsh 0
  commands=
  for uuid in $list; do
    case $uuid in ????????-????-????-????-????????????) plain "$uuid" || continue ;; *) continue ;; esac
    case $documents in *"<uuid>$uuid<"*) ;; *) and_domain "$uuid" ;; esac
  done
  printf '%s' "$documents"
  if [ -n "$commands" ]; then run domains ask ${LIBVIRT_DOMAINS_S} "$commands"; elif [ -n "$documents" ]; then end domains 0; fi
  ;;
*) end virsh "$libvirt" ;;
esac
`

export const READ_SCRIPT = String.raw`n=$1
shift
parts=$*
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin LC_ALL=C
export PATH LC_ALL
exec </dev/null 3>&1
end() { printf '\n@@%s %s %s\n' "$n" "$2" "$1"; }
# What a command said of its trouble stands behind its section.
report() { end "$1" "$2"; if [ -n "$3" ]; then printf '%.2000s' "$3"; end "errors $1" 0; fi; }
run() { name=$1; shift; err=$("$@" 2>&1 >&3); report "$name" $? "$err"; }
# For run: what says too much has failed, since half of it would be taken for the whole.
whole() {
  text=$("$@")
  code=$?
  if [ ${'$'}{#text} -gt ${MAX_TABLE_BYTES} ]; then echo "it says more than $((${MAX_TABLE_BYTES} / 1024 / 1024)) MB" >&2; return 1; fi
  printf '%s\n' "$text"
  return $code
}
has() { command -v "$1" >/dev/null; }
plain() { case $1 in '' | -* | *[!A-Za-z0-9_.:@-]*) false ;; esac; }
asked() { case " $parts " in '  ' | *" $1 "*) ;; *) false ;; esac; }
# What a login printed before us ends here.
end login 0
net='${READ_NAMESPACE}'
# What virsh complains of while it is asked for all comes apart, on 4.
guests() {
complaint=$({
${ASK_LIBVIRT}
${FACTS}
${LIBVIRT}
} 4>&1 >&3) || return
if [ -n "$complaint" ]; then printf '%.2000s' "$complaint"; end 'errors virsh' 0; fi
}
others() {
${READ_NAMESPACES}
${LINUX_BRIDGE}
${OPEN_VSWITCH}
${OF_KINDS}
}
# Libvirt is asked beside the rest: most of its time a client of it waits. What it said is held until the rest is out, so that nothing gets
# into anything else, and ends the reading: whichever side dies, the reading has no end.
if asked guests; then
  { text=$(exec 3>&1; guests && end done 0); printf '%s\n' "$text"; } | { others </dev/null; cat; }
else
  others
  end done 0
fi
`

/** A busy host with many namespaces answers slower than any single command. */
const READ_TIMEOUT_MS = 120_000

/** `asked`: absent, everything. */
export const readHostCommand = (nonce: string, asked?: HostScope): Command =>
  readCommand(['sh', '-c', READ_SCRIPT, 'tapline-read', nonce, ...(asked ? wordsOf(asked) : [])], { timeoutMs: READ_TIMEOUT_MS })
