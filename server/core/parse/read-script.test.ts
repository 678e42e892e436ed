import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAX_NAMESPACE_BYTES } from './read-namespaces'
import { MAX_FLOW_BYTES, MAX_TABLE_BYTES, READ_SCRIPT, readHostCommand } from './read-script'

describe('the read script', () => {
  it('is a shell script', () => {
    expect(() => execFileSync('sh', ['-n'], { input: READ_SCRIPT })).not.toThrow()
  })

  it('is a constant: the nonce and what is asked for are given to it, as arguments', () => {
    expect(readHostCommand('nonce-1')).toMatchObject({
      argv: ['sh', '-c', READ_SCRIPT, 'tapline-read', 'nonce-1'],
      isPrivileged: true,
      isMutating: false,
    })
    const argv = ['sh', '-c', READ_SCRIPT, 'tapline-read', 'nonce-1', 'root', 'bridge/br-int', 'guests']
    expect(readHostCommand('nonce-1', new Set(['guests', 'bridge/br-int', 'bridge/$(reboot)']))).toMatchObject({
      argv,
      isPrivileged: true,
      isMutating: false,
    })
  })

  it.each([
    ['', ['guests', 'netns/qdhcp-1'], ['guests', 'netns/qdhcp-1']],
    ['root', ['guests', 'netns/qdhcp-1', 'root'], ['root']],
    [
      'root bridge/br-int netns/qdhcp-1',
      ['bridge/br-int', 'netns/br-int', 'netns/qdhcp-1', 'netns/qdhcp', 'qdhcp-1', 'guests', '*'],
      ['bridge/br-int', 'netns/qdhcp-1'],
    ],
  ])('asked for "%s" of it, asks for that, and for everything where nothing is named', (words, parts, asked) => {
    const script = [/^n=\$1\nshift\nparts=.*$/m, /^asked\(\).*$/m].map((part) => part.exec(READ_SCRIPT)?.[0]).join('\n')
    const each = 'while read -r part; do asked "$part" && echo "$part"; done; :'
    const printed = execFileSync('sh', ['-c', `${script}\n${each}`, 'sh', 'nonce', ...words.split(' ').filter(Boolean)], {
      input: `${parts.join('\n')}\n`,
    }).toString()
    expect(printed.split('\n').filter(Boolean)).toEqual(asked)
  })

  it('quotes the part that runs in each namespace as one word', () => {
    const part = /^net='([^']*)'$/m.exec(READ_SCRIPT)?.[1] ?? ''
    expect(part).toContain('ip -j -d -s -force -batch -')
    expect(() => execFileSync('sh', ['-n'], { input: part })).not.toThrow()
  })

  it('runs no command that changes a host', () => {
    const words = READ_SCRIPT.split(/[\s;|&(){}"']+/)
    for (const word of [
      'rm',
      'mv',
      'tee',
      'kill',
      'mount',
      'add-br',
      'del-br',
      'set',
      'add',
      'del',
      'define',
      'start',
      '-w',
      'modprobe',
      'insmod',
    ]) {
      expect(
        words.filter((other) => other === word),
        word,
      ).toHaveLength(word === 'set' ? 8 : 0)
    }
    // Nothing is written: every redirection goes to /dev/null, or to where awk complains.
    expect(READ_SCRIPT.match(/>(?!&|\/dev\/null|"\/dev\/stderr"|\$uuid<"|NXM)\S*/g) ?? []).toEqual([])
  })

  it('reads namespaces side by side, and keeps apart what each prints', () => {
    const functions = ['share', 'readers'].map((name) => new RegExp(`^${name}\\(\\) \\{\\n[^]*?\\n\\}$`, 'm').exec(READ_SCRIPT)?.[0] ?? '')
    const names = Array.from({ length: 11 }, (_, index) => `ns${index}`)
    // More than a pipe holds.
    const told = String.raw`told() { printf '<%s ' "$1" >&3; head -c 150000 /dev/zero | tr '\000' x >&3; printf ' %s>\n' "$1" >&3; }`
    const printed = execFileSync('sh', ['-c', [`exec 3>&1; names="${names.join(' ')}"`, told, ...functions, 'readers 3 4'].join('\n')], {
      maxBuffer: 10_000_000,
    }).toString()
    const blocks = printed.split('\n').filter(Boolean)
    expect(blocks.map((block) => /^<(\S+) x{150000} \1>$/.exec(block)?.[1]).sort()).toEqual([...names].sort())
  })

  it('leaves out a table that is too long, and says so', () => {
    const table = (bytes: number) => {
      const parts = [/^end\(\).*$/m, /^report\(\).*$/m, /^run\(\).*$/m, /^whole\(\) \{\n[^]*?\n\}$/m].map(
        (part) => part.exec(READ_SCRIPT)?.[0],
      )
      const script = ['exec 3>&1', 'n=x', ...parts, `long() { head -c ${bytes} /dev/zero | tr '\\000' a; }`, 'run fdb whole long'].join(
        '\n',
      )
      return execFileSync('sh', ['-c', script], { maxBuffer: 2 * MAX_TABLE_BYTES }).toString()
    }
    expect(table(MAX_TABLE_BYTES).replace('a'.repeat(MAX_TABLE_BYTES), 'all of it')).toBe('all of it\n\n@@x 0 fdb\n')
    expect(table(MAX_TABLE_BYTES + 1)).toBe('\n@@x 1 fdb\nit says more than 8 MB\n@@x 0 errors fdb\n')
  })

  it.each([
    ['says all', "printf '\\n@@x 0 inside router\\n[]\\n'", ['0 inside router', '0 ip router', '0 namespace router']],
    [
      'says all, and whose devices are not known',
      "printf '\\n@@x 0 inside router\\n'; echo no device >&2; exit 2",
      ['0 inside router', '2 ip router', '0 namespace router', '0 errors namespace router'],
    ],
    [
      'ends in the middle',
      "printf '\\n@@x 0 sysctl router\\n'; kill -9 $$",
      ['0 sysctl router', '137 namespace router', '0 errors namespace router'],
    ],
    ['ends in the middle without a word', "printf '\\n@@x 0 sysctl router\\n'", ['0 sysctl router', '1 namespace router']],
    ['says too much', `head -c ${MAX_NAMESPACE_BYTES + 1} /dev/zero | tr '\\000' a`, ['1 namespace router', '0 errors namespace router']],
    ['complains without end', `head -c 100000 /dev/zero | tr '\\000' a >&2; exit 1`, ['1 namespace router', '0 errors namespace router']],
  ])('tells of a namespace that %s how far it was read', (_, says, sections) => {
    const parts = [/^end\(\).*$/m, /^namespace\(\) \{\n[^]*?\n\}$/m, /^told\(\) \{\n[^]*?\n\}$/m].map((part) => part.exec(READ_SCRIPT)?.[0])
    // The mount that makes it a namespace.
    const script = [
      'exec 3>&1',
      'n=x',
      ...parts,
      'grep() { :; }',
      'has() { false; }',
      `inside() { exec sh -c '${says.replaceAll("'", `'\\''`)}'; }`,
      'told router',
    ].join('\n')
    const printed = execFileSync('sh', ['-c', script]).toString()
    expect(printed.match(/(?<=^@@x ).*$/gm)).toEqual(sections)
    expect(printed.length).toBeLessThan(3_000)
  })

  describe('of Open vSwitch', () => {
    const parts = [/^end\(\).*$/m, /^report\(\).*$/m, /^flows\(\) \{[^]*?(?=^ovs= bridges=)/m].map((part) => part.exec(READ_SCRIPT)?.[0])
    const readBridges = (bridges: string, ofctl: string, appctl = 'echo " port  VLAN  MAC  Age"') => {
      const script = ['exec 3>&1', 'n=x', ...parts, `bridges='${bridges}' speaks10=' old '`, 'read_bridges'].join('\n')
      return runWith({ 'ovs-ofctl': ofctl, 'ovs-appctl': appctl }, script, 3 * MAX_FLOW_BYTES)
    }
    const PORTS = String.raw`printf 'OFPST_PORT_DESC reply (OF1.4) (xid=0x2):\n 1(tap1): addr:02:00:00:00:00:01\n     config:     PORT_DOWN NO_FWD\n 2(tap2): addr:02:00:00:00:00:02\n     config:     PORT_DOWN\n'`
    const bridgeWith = (flows: string) =>
      `case $* in *dump-flows*) ${flows} ;; *"OpenFlow10 dump-ports-desc"*) exit 1 ;; *dump-ports-desc*) ${PORTS} ;; *) echo groups ;; esac`

    it.each([
      ['no more than the flags of its ports', 'actions=resubmit(,1)', 0, ['0 flows br', '0 port-flags br']],
      ['the MAC table where a flow says NORMAL', 'actions=NORMAL', 0, ['0 flows br', '0 port-flags br', '0 ovs-macs br']],
      ['groups as well where a flow names one', 'actions=group:7', 0, ['0 flows br', '0 port-flags br', '0 ovs-macs br', '0 groups br']],
      ['nothing more where its flows did not come', 'no bridge named br', 1, ['1 flows br', '0 errors flows br']],
    ])('asks a bridge for %s', (_, text, code, sections) => {
      const printed = readBridges('br', bridgeWith(`echo '${text}' ${code ? '>&2' : ''}; exit ${code}`))
      expect(sectionsIn(printed)).toEqual(sections)
      expect(printed).toContain(text)
      // The port with a flag, and none else.
      expect(printed.includes('tap1'), 'tap1').toBe(code === 0)
      expect(printed).not.toContain('tap2')
    })

    it('keeps apart what several bridges say, asks in OpenFlow 1.0 those that speak it, and passes on what each printed', () => {
      const printed = readBridges(
        'old new',
        `case $* in *dump-flows*) for bridge; do :; done; echo flow of $bridge ;; *OpenFlow10*) [ "$5" = old ] && ${PORTS} ;; *) echo OFPST_PORT_DESC newer ;; esac`,
      )
      expect(printed).toBe(
        [
          'flow of old\n\n@@x 0 flows old',
          'flow of new\n\n@@x 0 flows new',
          'OFPST_PORT_DESC reply (OF1.4) (xid=0x2):\n 1(tap1): addr:02:00:00:00:00:01\n     config:     PORT_DOWN NO_FWD\n\n@@x 0 port-flags old',
          'OFPST_PORT_DESC newer\n\n@@x 0 port-flags new\n',
        ].join('\n'),
      )
    })

    it('cuts off one bridge with too many flows, and reads the others', () => {
      const many = `case $* in *dump-flows*long) yes actions=NORMAL | head -c ${MAX_FLOW_BYTES + 1000} ;; *dump-flows*) echo actions=NORMAL ;; *) ${PORTS} ;; esac`
      const printed = readBridges('long br', many)
      const [long = '', ...others] = printed.split('@@x 0 ')
      expect([long.length >= MAX_FLOW_BYTES, long.length < MAX_FLOW_BYTES + 100]).toEqual([true, true])
      expect(others.map((part) => part.split('\n')[0])).toEqual(['flows long', 'flows br', 'port-flags br', 'ovs-macs br'])
    })

    it('asks nothing more of what was learned once the switch does not answer', () => {
      const silent = `case $* in *dump-flows*) echo actions=NORMAL ;; *) ${PORTS}; exit 142 ;; esac`
      const printed = readBridges('br old', silent)
      expect(sectionsIn(printed)).toEqual(['0 flows br', '0 flows old', '0 port-flags br'])
      expect(printed).not.toContain('OFPST_PORT_DESC')
      const forgetful = readBridges('br old', bridgeWith('echo actions=group:1'), 'exit 1')
      expect(sectionsIn(forgetful)).toEqual(['0 flows br', '0 flows old', '0 port-flags br', '0 ovs-macs br'])
    })
  })

  describe('of libvirt', () => {
    const [one, two, three] = ['1', '2', '3'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`) as [string, string, string]
    const names: Readonly<Record<string, string>> = { [one]: 'instance-1', [two]: 'two', [three]: '3' }
    /** As virsh does what it is told: one command after the other, and its exit code is that of the last. */
    const virsh = (present: readonly string[], list = 0) => {
      const uuidOf = present.map((uuid) => `${uuid} | ${names[uuid]!}) echo ${uuid} ;;`).join(' ')
      return String.raw`shift 3
uuid() { case $1 in ${uuidOf} *) echo "error: failed to get domain '$1'" >&2; return 1 ;; esac; }
set -f; IFS=';'; set -- $*; unset IFS
for command; do set -- $command
  case $1 in
  version) echo 'Running against daemon: 9.0.0'; code=0 ;;
  list) [ ${list} = 0 ] && printf '%s\n' ${present.join(' ')} || echo no list >&2; code=${list} ;;
  echo) shift; echo "$*"; code=0 ;;
  dumpxml) id=$(uuid "$2") && echo "<domain><uuid>$id</uuid></domain>"; code=$? ;;
  domstate) id=$(uuid "$2") && echo "running (booted) $id"; code=$? ;;
  esac
done
exit $code`
    }
    const body = /^complaint=\$\(\{\n[^]*?\n\} 4>&1 >&3\) \|\| return\n.*$/m.exec(READ_SCRIPT)?.[0] ?? ''
    const readGuests = (files: readonly string[], program: string) => {
      const directory = mkdtempSync(join(tmpdir(), 'read-guests-'))
      for (const file of files) writeFileSync(join(directory, `${file}.xml`), '')
      const parts = [/^end\(\).*$/m, /^report\(\).*$/m, /^run\(\).*$/m, /^has\(\).*$/m, /^plain\(\).*$/m].map(
        (part) => part.exec(READ_SCRIPT)?.[0],
      )
      const here = body.replaceAll('/etc/libvirt/qemu', directory).replaceAll(/\[ -S [^;]*(?=; then)/g, 'true')
      const script = ['exec 3>&1', 'n=x', ...parts, 'guests() {', here, '}', 'guests'].join('\n')
      try {
        return runWith({ virsh: program, timeout: 'shift; "$@"' }, script, 1_000_000)
      } finally {
        rmSync(directory, { recursive: true })
      }
    }
    const domains = (printed: string) => printed.match(/(?<=<uuid>)[^<]+|(?<=^running \(booted\) ).*$/gm) ?? []
    const ofLibvirt = (printed: string) => sectionsIn(printed).filter((name) => / (virsh|domains)$/.test(name))

    it.each([
      ['no domain', [], [], [], ['0 virsh']],
      ['domains that have files', ['instance-1', 'two'], [one, two], [one, one, two, two], ['0 virsh', '0 domains']],
      ['a domain without a file', ['instance-1'], [one, two], [one, one, two, two], ['0 virsh', '0 domains']],
      ['a file of no domain', ['instance-1', 'gone'], [one], [one, one], ['0 virsh', '0 domains']],
      ['files of no domain alone', ['gone'], [], [], ['0 virsh']],
      ['a name that is a number, or no word', ['3', 'a b'], [three], [three, three], ['0 virsh', '0 domains']],
      [
        'more files than are asked for at once',
        Array.from({ length: 40 }, (_, index) => `vm-${index}`),
        [one],
        [one, one],
        ['0 virsh', '0 domains'],
      ],
    ])('tells %s', (_, files, present, told, sections) => {
      const printed = readGuests(files, virsh(present))
      expect(domains(printed)).toEqual(told)
      expect(ofLibvirt(printed).filter((name) => !name.startsWith('0 errors'))).toEqual(sections)
      expect(printed).toContain('Running against daemon: 9.0.0')
    })

    it('knows no domains where the list did not come, and says what libvirt said', () => {
      const printed = readGuests(['instance-1'], virsh([one], 1))
      expect(ofLibvirt(printed)).toEqual(['1 virsh', '0 errors virsh'])
      expect(printed).toContain('no list')
      expect(domains(printed)).toEqual([])
    })

    it('has no end where who asks libvirt is killed', () => {
      const whole = (asking: string) => {
        const script = ['exec 3>&1', 'n=x', 'has() { false; }', 'end() { :; }', 'guests() {', asking, '}', 'guests && echo whole; :']
        return runWith({}, script.join('\n'), 10_000).includes('whole')
      }
      expect(whole(body)).toBe(true)
      expect(whole(body.replace('complaint=$({', `complaint=$({ kill -9 "$(exec sh -c 'echo $PPID')"`))).toBe(false)
    })
  })
})

const sectionsIn = (printed: string): readonly string[] => printed.match(/(?<=^@@x ).*$/gm) ?? []

/** Runs it with these programs before all others. */
function runWith(programs: Readonly<Record<string, string>>, script: string, maxBuffer: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'read-script-'))
  try {
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    const env = { ...process.env, PATH: `${directory}:${process.env['PATH']}` }
    return execFileSync('sh', ['-c', script], { env, maxBuffer, stdio: ['ignore', 'pipe', 'ignore'] }).toString()
  } finally {
    rmSync(directory, { recursive: true })
  }
}
