import { describe, expect, it } from 'vitest'
import { findSudoRefusal } from './sudo-refusal'

const result = (stderr: string, exitCode: number | null = 1) => ({
  host: 'net-1',
  argv: ['ip', 'link'],
  exitCode,
  stdout: '',
  stderr,
  durationMs: 1,
  isTruncated: false,
})

describe('findSudoRefusal', () => {
  it.each([
    ['sudo 1.9', 'sudo: a password is required\n', 'deploy ALL=(root) NOPASSWD: ALL'],
    ['sudo 1.8', 'sudo: no tty present and no askpass program specified\n', 'deploy ALL=(root) NOPASSWD: ALL'],
    ['sudo-rs', 'sudo: interactive authentication is required\n', 'deploy ALL=(root) NOPASSWD: ALL'],
    ['an unknown user', 'deploy is not in the sudoers file.\n', 'deploy ALL=(root) NOPASSWD: ALL'],
    ['a short list', "Sorry, user deploy is not allowed to execute '/sbin/ip' as root on net-1.\n", 'deploy ALL=(root) NOPASSWD: ALL'],
    ['requiretty', 'sudo: sorry, you must have a tty to run sudo\n', 'Defaults:deploy !requiretty'],
    ['noise before it', 'sudo: unable to resolve host net-1\nsudo: a password is required\n', 'deploy ALL=(root) NOPASSWD: ALL'],
  ])('knows the words of %s', (_, stderr, sudoersLine) => {
    const refusal = findSudoRefusal(result(stderr), 'deploy')
    expect(refusal).toMatchObject({ code: 'sudo_refused', context: { host: 'net-1', argv: ['ip', 'link'], sudoersLine } })
    expect(refusal?.message).toContain(`/etc/sudoers.d/tapline with visudo: ${sudoersLine}`)
  })

  it('knows a host without sudo', () => {
    const refusal = findSudoRefusal(result('tapline: 8: exec: sudo: not found\n', 127), 'deploy')
    expect(refusal?.message).toBe('net-1: sudo is not installed. Install it, or log in as root instead of deploy.')
    expect(refusal?.context).not.toHaveProperty('sudoersLine')
  })

  it.each([
    ['success', result('sudo: a password is required\n', 0)],
    ['another exit code', result('sudo: a password is required\n', 2)],
    ['a signal', result('', null)],
    ['a failure of the command', result('Cannot find device "x"\n')],
    ['words in the middle of a line', result('log: sudo: a password is required\n')],
  ])('leaves %s to the caller', (_, given) => {
    expect(findSudoRefusal(given, 'deploy')).toBeNull()
  })
})
