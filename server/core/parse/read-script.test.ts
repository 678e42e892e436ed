import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { READ_SCRIPT, readHostCommand } from './read-script'

describe('the read script', () => {
  it('is a shell script', () => {
    expect(() => execFileSync('sh', ['-n'], { input: READ_SCRIPT })).not.toThrow()
  })

  it('is a constant: only the nonce is given to it, as an argument', () => {
    expect(readHostCommand('nonce-1')).toMatchObject({
      argv: ['sh', '-c', READ_SCRIPT, 'tapline-read', 'nonce-1'],
      isPrivileged: true,
      isMutating: false,
    })
  })

  it('quotes the part that runs in each namespace as one word', () => {
    const part = /^net='([^']*)'$/m.exec(READ_SCRIPT)?.[1] ?? ''
    expect(part).toContain('ip -j -d -s -force -batch -')
    expect(() => execFileSync('sh', ['-n'], { input: part })).not.toThrow()
  })

  it('runs no command that changes a host', () => {
    const words = READ_SCRIPT.split(/[\s;|&(){}"']+/)
    for (const word of ['rm', 'mv', 'tee', 'kill', 'mount', 'add-br', 'del-br', 'set', 'add', 'del', 'define', 'start', '-w', 'modprobe', 'insmod']) {
      expect(words.filter((other) => other === word), word).toHaveLength(word === 'set' ? 3 : 0)
    }
    // Nothing is written: every redirection goes to /dev/null.
    expect(READ_SCRIPT.match(/>(?!&|\/dev\/null|NXM)\S*/g) ?? []).toEqual([])
  })
})
