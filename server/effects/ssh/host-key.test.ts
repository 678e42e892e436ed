import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeHostKey, refuseHostKey } from './host-key'

const host = { name: 'net-1', address: '192.0.2.7', port: 22 }
const shown = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:shown' }

describe('describeHostKey', () => {
  it.each([
    ['ed25519', 'ssh-ed25519'],
    ['ecdsa', 'ecdsa-sha2-nistp256'],
  ])('agrees with ssh-keygen on an %s key', (kind, algorithm) => {
    const folder = mkdtempSync(join(tmpdir(), 'tapline-key-'))
    try {
      const path = join(folder, 'key')
      execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', '', '-f', path])
      const blob = Buffer.from(readFileSync(`${path}.pub`, 'utf8').split(' ')[1] ?? '', 'base64')
      const fingerprint = execFileSync('ssh-keygen', ['-lf', path], { encoding: 'utf8' }).split(' ')[1]
      expect(describeHostKey(blob)).toEqual({ algorithm, fingerprint })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('refuseHostKey', () => {
  it('accepts the pinned key', () => {
    expect(refuseHostKey({ ...host, pinnedFingerprint: 'SHA256:shown' }, shown)).toBeNull()
  })

  it('asks to accept an unknown key', () => {
    expect(refuseHostKey({ ...host, pinnedFingerprint: null }, shown)).toMatchObject({
      code: 'host_key_unknown',
      message:
        'net-1 (192.0.2.7:22) shows the ssh-ed25519 host key SHA256:shown, which nobody has accepted yet. ' +
        'Compare it with the output of "ssh-keygen -lf" on the host\'s own console, then accept it for this host.',
      context: { host: 'net-1', fingerprint: 'SHA256:shown' },
    })
  })

  it('refuses a changed key and says what to do', () => {
    expect(refuseHostKey({ ...host, pinnedFingerprint: 'SHA256:pinned' }, shown)).toMatchObject({
      code: 'host_key_changed',
      message:
        'net-1 (192.0.2.7:22) shows the ssh-ed25519 host key SHA256:shown, but SHA256:pinned was accepted for it. ' +
        'Nothing was sent. If the host was installed anew or got new keys, check the fingerprint on its own console and ' +
        'accept the new key; otherwise another machine answers at this address.',
      context: { fingerprint: 'SHA256:shown', pinnedFingerprint: 'SHA256:pinned' },
    })
  })
})
