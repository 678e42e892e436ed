import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAX_NAMESPACE_BYTES } from './read-namespaces'
import { MAX_TABLE_BYTES, READ_SCRIPT, readHostCommand } from './read-script'

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
      ).toHaveLength(word === 'set' ? 3 : 0)
    }
    // Nothing is written: every redirection goes to /dev/null.
    expect(READ_SCRIPT.match(/>(?!&|\/dev\/null|NXM)\S*/g) ?? []).toEqual([])
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

  it.each([
    ['no more than the flags of its ports', 'actions=resubmit(,1)', 0, ['0 flows br', '0 port-flags br']],
    ['the MAC table where a flow says NORMAL', 'actions=NORMAL', 0, ['0 flows br', '0 port-flags br', '0 ovs-macs br']],
    ['groups as well where a flow names one', 'actions=group:7', 0, ['0 flows br', '0 port-flags br', '0 ovs-macs br', '0 groups br']],
    ['nothing more where its flows did not come', 'no bridge named br', 1, ['1 flows br', '0 errors flows br']],
  ])('asks a bridge for %s', (_, text, code, sections) => {
    const directory = mkdtempSync(join(tmpdir(), 'read-script-'))
    const tool = (name: string, text: string) => writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    tool(
      'ovs-ofctl',
      `case $* in *dump-flows*) echo '${text}' ${code ? '>&2' : ''}; exit ${code} ;; *"OpenFlow10 dump-ports-desc"*) exit 1 ;; *dump-ports-desc*) cat '${directory}/ports' ;; *) echo groups ;; esac`,
    )
    writeFileSync(
      join(directory, 'ports'),
      'OFPST_PORT_DESC reply (OF1.4) (xid=0x2):\n 1(tap1): addr:02:00:00:00:00:01\n     config:     PORT_DOWN NO_FWD\n 2(tap2): addr:02:00:00:00:00:02\n     config:     PORT_DOWN\n',
    )
    tool('ovs-appctl', 'echo " port  VLAN  MAC  Age"')
    const parts = [/^end\(\).*$/m, /^report\(\).*$/m, /^# Passes flows on[^]*?(?=^ovsdb\(\))/m].map((part) => part.exec(READ_SCRIPT)?.[0])
    const script = ['exec 3>&1', 'n=x', ...parts, 'flows br && learn br; :'].join('\n')
    const printed = execFileSync('sh', ['-c', script], { env: { ...process.env, PATH: `${directory}:${process.env['PATH']}` } }).toString()
    rmSync(directory, { recursive: true })
    expect(printed.match(/(?<=^@@x ).*$/gm)).toEqual(sections)
    expect(printed).toContain(text)
    // The port with a flag, and none else.
    expect(printed.includes('tap1'), 'tap1').toBe(code === 0)
    expect(printed).not.toContain('tap2')
  })
})
