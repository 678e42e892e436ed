// Hosts that cannot be entered: nobody listens, the key is the wrong one, the host shows another key than before.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { api } from './support/api'
import { newsOf } from './support/design'
import { expectRead, fillHost, hostForm, openHostNamed, openRegistration } from './support/hosts'
import { labHost, onHost } from './support/lab'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })

const NAME = 'odd-host'
/** The host of the lab that answers under the name. */
const LAB_HOST = 'net1'
const HOST_KEY = '/etc/ssh/ssh_host_ed25519_key'

const keyDirectory = mkdtempSync(join(tmpdir(), 'tapline-e2e-key-'))
const otherKey = join(keyDirectory, 'other')

test.beforeAll(() => execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', otherKey]))

test.afterAll(async () => {
  rmSync(keyDirectory, { recursive: true })
  for (const { host } of await api.hosts.list.query()) {
    if (host.name === NAME) await api.hosts.remove.mutate({ id: host.id })
  }
})

test('where nobody listens, the dialog says so, keeps the form and stores nothing', async ({ page }) => {
  const dialog = await openRegistration(page)
  const form = { ...hostForm(LAB_HOST), name: NAME, port: await closedPort() }
  await fillHost(dialog, form)
  await dialog.getByRole('button', { name: 'Read host key' }).click()
  await expect(dialog.getByRole('alert')).toContainText(`127.0.0.1:${form.port}`)
  await expect(dialog.getByRole('alert')).toContainText('Check that the address and port answer')
  await expect(dialog.getByLabel('Host name')).toHaveValue(NAME)
  await expect(dialog.getByLabel('Key file')).toHaveValue(form.keyFile)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('link', { name: NAME })).toHaveCount(0)
})

test('with a key that the host does not know, the host’s page says so and is mended there', async ({ page }) => {
  const dialog = await openRegistration(page)
  // The machine is entered already, and one address is one host.
  await fillHost(dialog, { ...hostForm(LAB_HOST), name: NAME, address: 'localhost', keyFile: otherKey })
  await dialog.getByRole('button', { name: 'Read host key' }).click()
  await page.getByLabel('I compared the fingerprint with the host’s own').check()
  await page.getByRole('button', { name: 'Register host' }).click()
  await expect(page.getByText(/refused the key\. Check that its public half is in authorized_keys/).first()).toBeVisible()
  await expect(page.getByRole('main').getByText('Login refused', { exact: true })).toBeVisible()
  // The key was accepted a moment ago: there is nothing to compare.
  await expect(page.getByRole('button', { name: 'Compare the key' })).toHaveCount(0)

  await page.getByRole('link', { name: 'Edit the access' }).click()
  const access = page.getByRole('form', { name: 'Access' })
  await access.getByLabel('Replace the authentication').check()
  await expect(access.getByLabel('Key file')).toHaveValue(otherKey)
  await access.getByLabel('Key file').fill(labHost(LAB_HOST).ssh.privateKeyPath)
  await access.getByRole('button', { name: 'Save access' }).click()
  await expect(newsOf(page, 'Saved the access')).toBeVisible()
  await page.getByRole('button', { name: 'Read now' }).click()
  await expectRead(page)
  // The form was open before anybody knew the host's datapath.
  await expect(page.getByRole('form', { name: 'Wiring' }).getByLabel('Datapath')).toHaveValue('netdev')
})

test('a host that shows another key is refused until the new one was compared', async ({ page }) => {
  await onHost(LAB_HOST, 'cp', '-p', HOST_KEY, `${HOST_KEY}.kept`)
  try {
    await renewHostKey()
    const { hostKeyFingerprint: before } = labHost(LAB_HOST).ssh
    const now = (await onHost(LAB_HOST, 'ssh-keygen', '-lf', HOST_KEY)).split(' ')[1] ?? ''
    await openHostNamed(page, NAME)
    // A login that is given anew ends the open connection; the next one meets the new key.
    await page.getByRole('tab', { name: 'Settings' }).click()
    const access = page.getByRole('form', { name: 'Access' })
    await access.getByLabel('Replace the authentication').check()
    await access.getByLabel('Key file').fill(labHost(LAB_HOST).ssh.privateKeyPath)
    await access.getByRole('button', { name: 'Save access' }).click()
    await expect(newsOf(page, 'Saved the access')).toBeVisible()
    await page.getByRole('button', { name: 'Read now' }).click()
    await expect(
      page.getByText(`shows the ssh-ed25519 host key ${now}, but ${before} was accepted for it. Nothing was sent.`).first(),
    ).toBeVisible()
    await expect(page.getByRole('main').getByText('Key not accepted', { exact: true })).toBeVisible()

    await page.getByRole('main').getByRole('button', { name: 'Compare the key' }).first().click()
    const comparison = page.getByRole('dialog', { name: `Compare the host key of ${NAME}` })
    await expect(comparison.getByText(now, { exact: true })).toBeVisible()
    await expect(comparison.getByText(before, { exact: true })).toBeVisible()
    await expect(comparison.getByRole('button', { name: 'Accept this key' })).toBeDisabled()
    await comparison.getByLabel('I compared the fingerprint with the host’s own').check()
    await comparison.getByRole('button', { name: 'Accept this key' }).click()
    await expectRead(page)
  } finally {
    await onHost(LAB_HOST, 'mv', `${HOST_KEY}.kept`, HOST_KEY)
  }
})

async function renewHostKey(): Promise<void> {
  await onHost(LAB_HOST, 'rm', HOST_KEY)
  await onHost(LAB_HOST, 'ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', HOST_KEY)
}

/** A port of this machine that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
