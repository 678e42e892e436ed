// Build and server settings. Types are checked by `npm run check` (tsc), not by the build. Nothing is loaded from other
// machines: no fonts, no images, no telemetry (NEXT_TELEMETRY_DISABLED in the npm scripts). The address to listen on comes
// from the command line.

import type { NextConfig } from 'next'
import { headersOfAll, policyOfData } from './server/api/page-headers'

const listed = (headers: Readonly<Record<string, string>>) => Object.entries(headers).map(([key, value]) => ({ key, value }))

const nextConfig: NextConfig = {
  // A second server (tests, a second console) builds into its own folder.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Native or dynamic requires: loaded by Node as they are, never bundled.
  serverExternalPackages: [
    'ssh2',
    'cpu-features',
    'libsql',
    '@libsql/client',
    '@prisma/client',
    '@prisma/adapter-libsql',
    '@prisma/schema-engine-wasm',
  ],
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  poweredByHeader: false,
  // Whoever uses it is on this machine, where compressing holds the processor for longer than it spares (docs/decisions/0029-many-viewers.md).
  compress: false,
  devIndicators: false,
  // Writing it takes a fifth of a build, and scripts/build.ts builds only what changed or what was never built.
  experimental: { turbopackFileSystemCacheForBuild: false },
  images: { unoptimized: true },
  // The policy of a page has a number of its own for each answer: proxy.ts.
  headers: async () => [
    { source: '/:path*', headers: listed(headersOfAll) },
    { source: '/api/:path*', headers: listed({ 'content-security-policy': policyOfData }) },
  ],
}

export default nextConfig
