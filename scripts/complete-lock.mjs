// Completes package-lock.json after a change of dependencies: `npm ci` refuses a lock that does not name the optional
// packages of every platform, and npm leaves those out when the registry at hand does not hold them. Their versions are
// pinned by the packages that ask for them; an entry for another platform is never installed.
//
//   rm -rf node_modules package-lock.json && npm install && node scripts/complete-lock.mjs && npm ci

import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = ['darwin', 'win32', 'freebsd', 'android', 'openharmony', 'linux']
const PROCESSORS = [
  ['arm64', 'arm64'],
  ['x64', 'x64'],
  ['ia32', 'ia32'],
  ['ppc64', 'ppc64'],
  ['riscv64', 'riscv64'],
  ['s390x', 's390x'],
  ['wasm32', 'wasm32'],
  ['-arm', 'arm'],
]

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const packages = lock.packages
const added = []
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = [`${path === '' ? '' : `${path}/`}node_modules/${name}`, `node_modules/${name}`]
    if (places.some((place) => place in packages) || !/^\d[\w.+-]*$/.test(version)) continue
    packages[`node_modules/${name}`] = describe(name, version, entry.dev === true)
    added.push(name)
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([left], [right]) => (left < right ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added.length} entries added.`)

function describe(name, version, isDev) {
  const os = SYSTEMS.find((system) => name.includes(system))
  const cpu = PROCESSORS.find(([part]) => name.includes(part))?.[1]
  const libc = name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined
  return {
    version,
    optional: true,
    ...(isDev ? { dev: true } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  }
}
